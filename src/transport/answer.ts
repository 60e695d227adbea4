import type { IncomingMessage } from 'node:http'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { maskError } from 'graphql-yoga'
import { requestIdOf } from './requestId.ts'

const MASK = 'Unexpected error.'

/** Who is told of what does not succeed. */
export interface Told {
  /** Of what went wrong within, and in which request. */
  readonly log: (error: unknown, requestId?: string) => void
  /** Of what is refused, by its code. */
  readonly refused: (code: string) => void
}

/** A result as clients may see it: what went wrong inside is logged, and they are told only that it did, and in which request. */
export function masked(result: ExecutionResult, told: Told, request?: IncomingMessage): ExecutionResult {
  const shown = maskedWithHttp(result, told, request)
  return shown.errors === undefined ? shown : { ...shown, errors: shown.errors.map(withoutHttp) }
}

/** The same for Yoga, which takes the status and headers of an answer from its errors. */
export function maskedWithHttp(
  result: ExecutionResult,
  { log, refused }: Told,
  request?: IncomingMessage,
): ExecutionResult {
  if (result.errors === undefined) return result
  const requestId = requestIdOf(request)
  const errors = result.errors.map((error) => {
    const shown = maskError(error, MASK, false) as GraphQLError
    refused(codeOf(shown))
    if (shown === error) return error
    log(error, requestId)
    if (requestId === undefined) return shown
    const { nodes, source, positions, path, extensions } = shown
    return new GraphQLError(MASK, { nodes, source, positions, path, extensions: { ...extensions, requestId } })
  })
  return { ...result, errors }
}

/** A masked result as JSON. */
export function answerText({ errors, data }: ExecutionResult): string {
  return JSON.stringify(errors === undefined ? { data } : { data, errors })
}

/** Not a refusal, which a client must change something about, but a failure of ours: later it may be answered. */
export function isOurs({ errors }: ExecutionResult): boolean {
  return errors?.some(({ extensions }) => extensions.unexpected === true || extensions.code === 'UNAVAILABLE') === true
}

/** Whether an error is a failure of ours, before it is masked. */
export function isFailure(error: GraphQLError): boolean {
  return error.extensions.code === 'UNAVAILABLE' || maskError(error, MASK, false) !== error
}

/** What an error is: GraphQL itself gives none to documents that do not hold. */
function codeOf({ extensions }: GraphQLError): string {
  return typeof extensions.code === 'string' ? extensions.code : 'INVALID'
}

/** An error as it goes out: the status and headers of an answer by HTTP are Yoga's own. */
function withoutHttp(error: GraphQLError): GraphQLError {
  if (error.extensions.http === undefined) return error
  const { message, nodes, source, positions, path, originalError } = error
  const { http: _, ...extensions } = error.extensions
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions })
}
