import type { ServerResponse } from 'node:http'
import { GraphQLError } from 'graphql'

/** Why a request is refused before it is looked at what it asks, each with its status. */
const statuses = {
  ORIGIN_REFUSED: 403,
  DOCUMENT_NOT_TRUSTED: 403,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMITED: 429,
  TOO_MANY_CONNECTIONS: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  TOO_MANY_OPERATIONS: 429,
} as const

export type RefusalCode = keyof typeof statuses

/** @param retryAfter in how many seconds it may be tried again, where waiting helps */
export function refusal(code: RefusalCode, message: string, retryAfter?: number): GraphQLError {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  return new GraphQLError(message, {
    extensions: { code, ...(retryAfter !== undefined && { retryAfter }), http: { status: statuses[code], headers } },
  })
}

/** The status and the headers that a refusal has by HTTP. */
export function headOf({ extensions }: GraphQLError): { status: number; headers: { [name: string]: string } } {
  const { status = 400, headers = {} } = (extensions.http ?? {}) as Partial<ReturnType<typeof headOf>>
  return { status, headers }
}

/** A refusal as it is sent. */
export function refusalText({ message, extensions: { http: _, ...extensions } }: GraphQLError): string {
  return JSON.stringify({ errors: [{ message, extensions }] })
}

/** Answers a request with why it is refused. What is still to come of it is not read: the connection ends with it. */
export function refuse(response: ServerResponse, error: GraphQLError): void {
  const { status, headers } = headOf(error)
  const isUnread = !response.req.complete
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
    ...(isUnread && { connection: 'close' }),
  })
  response.end(refusalText(error))
}
