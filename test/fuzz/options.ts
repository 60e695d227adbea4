import { numbers, parse, text, UsageError } from '../../bench/commandLine.ts'

/** What is attacked with, and how long. */
export interface Options {
  readonly cases: number
  readonly seed: number
  /** The only kind that is run; undefined: all. */
  readonly kind: string | undefined
  /** The only case that is run, as a failure has told it. */
  readonly path: string | undefined
}

export const kindNames = ['documents', 'variables', 'requests', 'frames', 'dispatches'] as const

export const USAGE = `npm run fuzz -- [--cases N] [--seed N] [--kind NAME [--path PATH]]

Starts Parley with a PostgreSQL of its own in a temporary folder, attacks it over real sockets with generated cases, and
reports whether it kept its promises: no crash, no hang, no unmasked error, memory flat, and a feed whose end no refused
input moves. Needs Linux, which tells the memory of a process. Ctrl-C ends it.

--cases N    how many cases, all kinds together, 5 to 10,000,000; 100,000 unless told
--seed N     the same seed gives the same cases; unless told, another one each time, which is printed
--kind NAME  only one kind: ${kindNames.join(', ')}
--path PATH  only the case that a failure has printed, with its seed and kind

Exit code: 0 all promises were kept, 1 one was broken, or the run was ended.`

/** Reads the command line. Undefined: only help was asked for. Throws a UsageError. */
export function readOptions(args: string[], freshSeed: number): Options | undefined {
  const flags = { cases: text, seed: text, kind: text, path: text, help: { type: 'boolean' } } as const
  const { help, cases = '100000', seed = String(freshSeed), kind, path } = parse(args, USAGE, flags)
  if (help) return undefined
  if (kind !== undefined && !kindNames.some((name) => name === kind))
    throw new UsageError(`--kind knows no ${kind}\n\n${USAGE}`)
  if (path !== undefined && (kind === undefined || !/^\d+(:\d+)*$/.test(path)))
    throw new UsageError(`--path takes what a failure has printed, beside its --seed and --kind\n\n${USAGE}`)
  return {
    cases: numbers('cases', cases, 5, 10_000_000)[0] as number,
    seed: numbers('seed', seed, 0, 0x7fff_ffff)[0] as number,
    kind,
    path,
  }
}
