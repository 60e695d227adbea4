import { type AnyVariables, Client, type DocumentInput, fetchExchange } from '@urql/core'
import { untrack } from 'solid-js'
import { credentials } from './key.ts'

/** Where this page's server answers questions. */
export const ENDPOINT = '/graphql'

const client = new Client({
  url: ENDPOINT,
  exchanges: [fetchExchange],
  // The record moves on: what was answered before is no answer now.
  requestPolicy: 'network-only',
  preferGetMethod: false,
  fetchOptions: () => ({ headers: untrack(credentials) as Record<string, string> }),
})

/** The server did not answer, or not with what was asked for. */
export class AskError extends Error {
  override readonly name = 'AskError'
  /** Why it refused: `UNAUTHENTICATED`, `BAD_USER_INPUT` …; null: it could not be reached, or gave no code. */
  readonly code: string | null
  /** Nothing came from it: asking again may help. */
  readonly isUnreachable: boolean

  constructor(message: string, code: string | null, isUnreachable: boolean) {
    super(message)
    this.code = code
    this.isUnreachable = isUnreachable
  }
}

/** Asks the server. Rejects with an AskError; an answer of which a part is missing is none. */
export async function ask<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client.query(document, variables).toPromise()
  if (error === undefined && data !== undefined) return data
  const [first] = error?.graphQLErrors ?? []
  if (first) throw new AskError(first.message, (first.extensions?.code as string | undefined) ?? null, false)
  throw new AskError('The server does not answer.', null, true)
}
