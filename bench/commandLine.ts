import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Arguments that make no sense, with what to say of them. */
export class UsageError extends Error {}

export const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
/** What every benchmark takes. */
export const common = { quick: flag, help: flag, rounds: text, sizes: text }

/** Reads a benchmark's arguments. Throws a UsageError that tells the usage. */
export function parse<Taken extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  usage: string,
  options: Taken,
) {
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`)
  }
}

/** Whole numbers from a list, ascending. Throws a UsageError for any that is out of bounds. */
export function numbers(name: string, given: string, least: number, most: number): number[] {
  const found = given.split(',').map(Number)
  if (found.some((n) => !Number.isInteger(n) || n < least || n > most)) {
    throw new UsageError(`--${name} takes whole numbers from ${least} to ${most}, got ${given}`)
  }
  return found.sort((a, b) => a - b)
}

/** The command that gives the same table. */
export function commandOf(script: string, args: readonly string[]): string {
  return [`npm run ${script}`, ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
}
