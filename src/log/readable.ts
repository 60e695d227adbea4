import { withoutControls as shown } from './controls.ts'
import type { Streams } from './streams.ts'
import type { ToldError } from './toldError.ts'

interface Line {
  readonly level: string
  readonly time: string
  readonly msg: string
  readonly facts?: { readonly [name: string]: string }
  readonly requestId?: string
  readonly error?: Omit<ToldError, 'message'>
  readonly [name: string]: unknown
}

const NAMES = 14

/**
 * Writes pino's lines for whoever looks on: what went wrong to standard error, everything else to standard output. What
 * is on a line of its own was put there by us; a line end that somebody sent is written as \u000a.
 */
export function readable({ stdout, stderr }: Streams): { write(line: string): void } {
  return {
    write(json) {
      const line = JSON.parse(json) as Line
      const stream = line.level === 'error' || line.level === 'warn' ? stderr : stdout
      stream.write(`${textOf(line).join('\n')}\n`)
    },
  }
}

function textOf({ level, msg, facts, requestId, error, method, path, status, ms }: Line): string[] {
  if (level === 'debug') return [shown(`${method} ${path} ${status ?? 'gone'} ${ms} ms (request ${requestId})`)]
  const of = requestId === undefined ? '' : ` (request ${requestId})`
  if (error !== undefined) return linesOf({ ...error, message: msg }, of)
  const lines = Object.entries(facts ?? {}).map(([name, fact]) => `  ${shown(name).padEnd(NAMES)} ${shown(fact)}`)
  return [shown(msg), ...lines]
}

function linesOf({ type, message, code, path, stack, cause }: ToldError, of: string): string[] {
  const where = [code && `code ${code}`, path && `at ${path}`].filter(Boolean).join(', ')
  const calls = stack ? stack.split('\n').map(shown) : []
  const causes =
    cause === undefined ? [] : linesOf(cause, '').map((line, i) => (i === 0 ? `  caused by ${line}` : line))
  return [shown(`${type}: ${message}${where && ` [${where}]`}${of}`), ...calls, ...causes]
}
