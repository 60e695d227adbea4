import { commandOf, common, numbers, parse } from '../commandLine.ts'

/** What a run measures. */
export interface Options {
  readonly rounds: number
  /** How many developments the records have, ascending. */
  readonly sizes: readonly number[]
  /** Milliseconds that each figure is measured for. */
  readonly milliseconds: number
  /** The command that gives the same table. */
  readonly command: string
}

export const USAGE = `npm run bench:query -- [--quick] [--rounds N] [--sizes N,N,…]

Measures what answers to analysts' questions cost, beside other servers, and prints a table in Markdown on standard
output. It keeps its records in bench/.data, so that a large one is loaded once, installs what it compares Parley with
into bench/node_modules, and needs Linux. Unless told, three rounds with 5,000 and 1,000,000 developments; a million take
long to load. Ctrl-C ends it.

--quick        one short round with 1,000 developments
--rounds N     1 to 20
--sizes N,N    numbers of developments, 500 to 2,000,000`

/** Reads the command line. Undefined: only help was asked for. */
export function readOptions(args: string[]): Options | undefined {
  const values = parse(args, USAGE, common)
  if (values.help) return undefined
  return {
    rounds: numbers('rounds', values.rounds ?? (values.quick ? '1' : '3'), 1, 20)[0] as number,
    sizes: numbers('sizes', values.sizes ?? (values.quick ? '1000' : '5000,1000000'), 500, 2_000_000),
    milliseconds: values.quick ? 500 : 3000,
    command: commandOf('bench:query', args),
  }
}
