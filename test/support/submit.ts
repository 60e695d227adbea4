import { setTimeout as pause } from 'node:timers/promises'
import type { Refused } from './follower.ts'

/** What a writer hears of a dispatch that it sends to a server. */
export type Answer =
  | { readonly how: 'accepted' | 'unchanged' }
  /** The record cannot take it. */
  | { readonly how: 'refused'; readonly message: string }
  /** The server failed within. */
  | { readonly how: 'failed'; readonly errors: readonly Refused[] }
  /** The connection ended before an answer came: it may be in the record or not. */
  | { readonly how: 'unanswered' }

interface Response {
  readonly data?: { readonly ingest: { readonly unchanged?: boolean; readonly message?: string } } | null
  readonly errors?: readonly Refused[]
}

type Headers = { readonly [name: string]: string }

const INGEST = `mutation ($dispatch: DispatchInput!) {
  ingest(dispatch: $dispatch) { ... on Accepted { unchanged } ... on Refusal { message } }
}`

/** Sends a dispatch, given as it would stand in a file, to a server's mutation. */
export async function submit(address: string, dispatch: object, headers: Headers = {}): Promise<Answer> {
  const body = JSON.stringify({ query: INGEST, variables: { dispatch: inputOf(dispatch) } })
  const answer = await post(address, body, headers)
  if (answer === undefined) return { how: 'unanswered' }
  const { data, errors } = answer
  if (errors !== undefined) return { how: 'failed', errors }
  const { unchanged, message } = data?.ingest ?? {}
  if (message !== undefined) return { how: 'refused', message }
  return { how: unchanged ? 'unchanged' : 'accepted' }
}

const PATIENCE_MS = 60_000

/**
 * Sends it again and again until it is answered as being in the record, and gives all answers. Rejects when the record
 * cannot take it, or has not taken it for a minute.
 */
export async function submitUntilTaken(
  address: () => string,
  dispatch: object,
  headers: Headers = {},
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; ) {
    const answer = await submit(address(), dispatch, headers)
    answers.push(answer)
    if (answer.how === 'accepted' || answer.how === 'unchanged') return answers
    if (answer.how === 'refused') throw new Error(answer.message)
    await pause(50)
  }
  throw new Error(`Not taken: ${JSON.stringify(answers.at(-1))}`)
}

async function post(address: string, body: string, given: Headers): Promise<Response | undefined> {
  try {
    const headers = { 'content-type': 'application/json', ...given }
    const response = await fetch(address, { method: 'POST', headers, body })
    return (await response.json()) as Response
  } catch {
    return undefined
  }
}

/** The form that GraphQL gives to a dispatch: a development's kind is the name around it. */
export function inputOf(dispatch: object): object {
  const { developments, ...others } = dispatch as { developments: { kind: string }[] }
  return { ...others, developments: developments.map(({ kind, ...fields }) => ({ [kind.toLowerCase()]: fields })) }
}
