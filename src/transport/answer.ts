import { type ExecutionResult, GraphQLError } from 'graphql'
import { maskError } from 'graphql-yoga'

const MASK = 'Unexpected error.'

/** A result as clients may see it: what went wrong inside is logged, and they are told only that it did. */
export function masked(result: ExecutionResult, log: (error: unknown) => void): ExecutionResult {
  if (result.errors === undefined) return result
  const errors = result.errors.map((error) => {
    const shown = maskError(error, MASK, false) as GraphQLError
    if (shown !== error) log(error)
    return withoutHttp(shown)
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

/** An error as it goes out: the status and headers of an answer by HTTP are Yoga's own. */
export function withoutHttp(error: GraphQLError): GraphQLError {
  if (error.extensions.http === undefined) return error
  const { message, nodes, source, positions, path, originalError } = error
  const { http: _, ...extensions } = error.extensions
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions })
}
