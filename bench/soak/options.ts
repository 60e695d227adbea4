import { commandOf, numbers, parse, text } from '../commandLine.ts'

/** What a soak does. */
export interface Options {
  readonly minutes: number
  /** What chance is drawn from: faults in their order, who writes, asks and follows what. */
  readonly seed: number
  /** The command that does the same again. */
  readonly command: string
}

export const USAGE = `npm run soak -- [--minutes N] [--seed N]

Lets two servers over a PostgreSQL of its own, all of them processes of their own, live through everything at once:
writers, the desk, questions, exports, followers that join and leave, and faults in turn. Then it compares what was sent,
what the record holds and what every follower got, and prints a report in Markdown on standard output. It needs Linux.
Ctrl-C ends it early, with a report of what was done until then.

--minutes N   1 to 1,440; 20 unless told
--seed N      0 to 1,000,000; 1 unless told

Exit code: 0 nothing was lost, doubled or out of order; 1 something was, or went wrong that no fault explains.`

const flag = { type: 'boolean' } as const

/** Reads the command line. Undefined: only help was asked for. */
export function readOptions(args: string[]): Options | undefined {
  const values = parse(args, USAGE, { help: flag, minutes: text, seed: text })
  if (values.help) return undefined
  return {
    minutes: numbers('minutes', values.minutes ?? '20', 1, 1440)[0] as number,
    seed: numbers('seed', values.seed ?? '1', 0, 1_000_000)[0] as number,
    command: commandOf('soak', args),
  }
}
