import { commandOf, common, numbers, parse, text, UsageError } from '../commandLine.ts'
import { servers } from './servers.ts'

/** What a run measures. */
export interface Options {
  readonly rounds: number
  /** How many followers, ascending. */
  readonly sizes: readonly number[]
  /** By name. */
  readonly servers: readonly string[]
  /** The command that gives the same table. */
  readonly command: string
}

export const USAGE = `npm run bench:feed -- [--quick] [--rounds N] [--sizes N,N,…] [--servers NAME,NAME,…]

Measures what it costs to follow the feed, beside other servers, and prints a table in Markdown on standard output.
It brings its own PostgreSQL, installs what it compares Parley with into bench/node_modules, and needs Linux.
Unless told, five rounds with 100, 1,000 and 10,000 followers, which takes 20 to 25 minutes on two cores. Ctrl-C ends it.

--quick         two rounds with 100 and 1,000 followers
--rounds N      1 to 20
--sizes N,N     numbers of followers, 10 to 20,000
--servers A,B   ${Object.keys(servers).join(', ')}`

/** Reads the command line. Undefined: only help was asked for. */
export function readOptions(args: string[]): Options | undefined {
  const values = parse(args, USAGE, { ...common, servers: text })
  if (values.help) return undefined
  return {
    rounds: numbers('rounds', values.rounds ?? (values.quick ? '2' : '5'), 1, 20)[0] as number,
    sizes: numbers('sizes', values.sizes ?? (values.quick ? '100,1000' : '100,1000,10000'), 10, 20_000),
    servers: names(values.servers ?? Object.keys(servers).join(',')),
    command: commandOf('bench:feed', args),
  }
}

function names(given: string): string[] {
  const found = given.split(',')
  const unknown = found.filter((name) => !Object.hasOwn(servers, name))
  if (unknown.length > 0) throw new UsageError(`--servers knows no ${unknown.join(', ')}\n\n${USAGE}`)
  return found
}
