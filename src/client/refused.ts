/** An error as a GraphQL server answers it. */
export interface AnsweredError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly code?: string; readonly [name: string]: unknown }
}

/**
 * The server refuses to be followed so, and trying again would change nothing: a cursor that its record cannot continue
 * from, a filter or a selection that its schema does not take. Whatever else ends a connection is tried again instead.
 */
export class FollowRefused extends Error {
  override readonly name = 'FollowRefused'
  /** All that the server answered. */
  readonly errors: readonly AnsweredError[]
  /** `CURSOR_FROM_THE_FUTURE`, `BAD_USER_INPUT` …; null where the server gave none, as for a document that is not valid. */
  readonly code: string | null
  /** For a cursor of another record: follow `after` this one to get what is yet to happen. Otherwise null. */
  readonly head: string | null
  /** For a cursor of another record: follow `after` this one to get everything. Otherwise null. */
  readonly origin: string | null

  constructor(errors: readonly AnsweredError[]) {
    super(errors.map(({ message }) => message).join('\n'))
    this.errors = errors
    const named = (name: string) => {
      const found = errors.map(({ extensions }) => extensions?.[name]).find((value) => typeof value === 'string')
      return (found as string | undefined) ?? null
    }
    this.code = named('code')
    this.head = named('head')
    this.origin = named('origin')
  }
}

const PASSING = new Set(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])

/** The server failed; it did not refuse. It may be well again by the next time. */
export function isPassing(errors: readonly AnsweredError[]): boolean {
  return errors.some(({ extensions }) => extensions?.unexpected === true || PASSING.has(extensions?.code ?? ''))
}
