import { type AnyVariables, Client, type DocumentInput, fetchExchange, type OperationResult } from '@urql/core'
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
  /** All that it said: of input that has not the schema's form, one sentence a place. */
  readonly messages: readonly string[]

  constructor(message: string, code: string | null, isUnreachable: boolean, messages: readonly string[] = [message]) {
    super(message)
    this.code = code
    this.isUnreachable = isUnreachable
    this.messages = messages
  }
}

/** Asks the server. Rejects with an AskError; an answer of which a part is missing is none. */
export async function ask<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return answerIn(await client.query(document, variables).toPromise())
}

/** Has the server do something. Rejects as `ask` does. */
export async function act<Data, Variables extends AnyVariables>(
  mutation: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return answerIn(await client.mutation(mutation, variables).toPromise())
}

function answerIn<Data>({ data, error }: Pick<OperationResult<Data>, 'data' | 'error'>): Data {
  if (error === undefined && data !== undefined) return data
  const [first, ...others] = error?.graphQLErrors ?? []
  if (!first) throw new AskError('The server does not answer.', null, true)
  const messages = [first, ...others].map(({ message }) => message)
  throw new AskError(first.message, (first.extensions?.code as string | undefined) ?? null, false, messages)
}
