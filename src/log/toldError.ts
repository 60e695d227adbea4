/** An error as it is logged. */
export interface ToldError {
  readonly message: string
  readonly type: string
  readonly stack?: string
  /** PostgreSQL's, Node's or Prisma's. */
  readonly code?: string
  /** Where in an answer it happened. */
  readonly path?: string
  readonly cause?: ToldError
}

const LONGEST_MESSAGE = 1000
const LONGEST_STACK = 8000
const DEEPEST = 4

/**
 * What of an error is logged: only members that are known to say where and how it failed. PostgreSQL puts rows into
 * `detail`, GraphQL the whole document into `source`, and these are what people sent.
 */
export function toldError(error: unknown, depth = 0): ToldError {
  if (!(error instanceof Error)) return { type: typeof error, message: cut(String(error), LONGEST_MESSAGE) }
  const { name, message, stack, cause, originalError, path, code } = error as Error & { [member: string]: unknown }
  const within = originalError ?? cause
  return {
    message: cut(message, LONGEST_MESSAGE),
    type: name,
    ...(stack !== undefined && { stack: cut(callsOf(stack), LONGEST_STACK) }),
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    ...(Array.isArray(path) && { path: path.join('.') }),
    ...(within instanceof Error && depth < DEEPEST && { cause: toldError(within, depth + 1) }),
  }
}

/** The calls alone: what stands above them is the message again, whole. */
function callsOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^ +at /.test(line))
    .join('\n')
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)} …` : text
}
