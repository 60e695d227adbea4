import { GraphQLError } from 'graphql'

/** Refuses an argument: where, which rule, what stood there, what to do. */
export function badInput(path: string, rule: string, value: unknown): GraphQLError {
  return new GraphQLError(`${path}: ${rule}, got ${JSON.stringify(value)?.slice(0, 80)}`, {
    extensions: { code: 'BAD_USER_INPUT', path },
  })
}
