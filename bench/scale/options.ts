import { commandOf, common, numbers, parse } from '../commandLine.ts'
import { type Layout, layouts } from './layout.ts'

/** What a run measures. */
export interface Options {
  readonly rounds: number
  readonly layouts: readonly Layout[]
  /** How many developments the record has. */
  readonly developments: number
  /** How many followers there are, on all servers together. */
  readonly followers: number
  /** How many ask at once where the load grows, ascending; less than the first of them is measured everywhere. */
  readonly loads: readonly number[]
  /** Milliseconds that each figure of answers is measured for. */
  readonly milliseconds: number
  /** The command that gives the same table. */
  readonly command: string
}

export const USAGE = `npm run bench:scale -- [--quick] [--rounds N]

Measures what further processes behind the proxy, and a replica of PostgreSQL, add to what one process answers and
delivers, and what breaks first when more and more ask. It prints tables in Markdown on standard output, brings its own
PostgreSQL, and needs Linux and HAProxy 2.6 or later. Unless told, three rounds, which takes eight to nine minutes on two
cores. Ctrl-C ends it.

--quick       one short round with a small record, about a minute
--rounds N    1 to 20`

/** Reads the command line. Undefined: only help was asked for. */
export function readOptions(args: string[]): Options | undefined {
  const { quick, help, rounds } = parse(args, USAGE, { quick: common.quick, help: common.help, rounds: common.rounds })
  if (help) return undefined
  return {
    rounds: numbers('rounds', rounds ?? (quick ? '1' : '3'), 1, 20)[0] as number,
    layouts: quick ? layouts.filter(({ processes }) => processes < 3) : layouts,
    ...(quick
      ? { developments: 1000, followers: 200, loads: [64], milliseconds: 1000 }
      : { developments: 5000, followers: 2000, loads: [64, 128, 256], milliseconds: 4000 }),
    command: commandOf('bench:scale', args),
  }
}
