import { pino } from 'pino'
import { withoutControls } from './controls.ts'
import { readable } from './readable.ts'
import { withoutSecrets } from './secrets.ts'
import type { Streams } from './streams.ts'
import { toldError } from './toldError.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions extends Streams {
  readonly level: LogLevel
  /** `json`: a record a line, for whatever collects them; `readable`: for whoever looks on. */
  readonly form: 'json' | 'readable'
}

/** What a request was and what became of it: no query, no header and no body of it is logged. */
export interface RequestFacts {
  readonly requestId: string
  readonly method: string
  readonly path: string
  /** Null: its client went before it was answered. */
  readonly status: number | null
  readonly ms: number
}

/** The log of a process. Nothing that is logged holds a secret, and nothing that was sent can forge a line. */
export interface Log {
  /** What an operator wants to read: `facts` are shown below it, by their names. */
  say(line: string, facts?: { readonly [name: string]: string }): void
  warn(line: string): void
  /** Something failed within: with its stack, for this log alone. */
  error(error: unknown, requestId?: string): void
  request(facts: RequestFacts): void
  /** Whether requests are logged at all. */
  readonly hasRequests: boolean
}

export function openLog({ level, form, stdout, stderr }: LogOptions): Log {
  // JSON leaves some line ends as they are.
  const records = { write: (line: string) => void stdout.write(`${withoutControls(line.trimEnd())}\n`) }
  const out = form === 'readable' ? readable({ stdout, stderr }) : records
  const logger = pino(
    {
      level,
      // Which container it is the collector knows.
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Last of all, so that no way into a line leads past it.
    { write: (line: string) => out.write(withoutSecrets(line)) },
  )
  return {
    say: (line, facts) => logger.info(facts === undefined ? {} : { facts }, line),
    warn: (line) => logger.warn(line),
    error(error, requestId) {
      const { message, ...rest } = toldError(error)
      logger.error({ ...(requestId !== undefined && { requestId }), error: rest }, message)
    },
    request: (facts) => logger.debug(facts, 'request'),
    hasRequests: logger.isLevelEnabled('debug'),
  }
}
