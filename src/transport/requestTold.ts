import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestIdOf } from './requestId.ts'

/** What a request was and what became of it: nothing of its query, its headers and its body. */
export interface RequestFacts {
  readonly requestId: string
  readonly method: string
  readonly path: string
  /** Null: its client went before it was answered. */
  readonly status: number | null
  readonly ms: number
}

const LONGEST_PATH = 200

/** Tells of a request when its response is over. */
export function tellRequest(
  request: IncomingMessage,
  response: ServerResponse,
  onRequest: (request: RequestFacts) => void,
): void {
  const begun = performance.now()
  response.once('close', () => {
    onRequest({
      requestId: requestIdOf(request) ?? '',
      method: request.method ?? '',
      path: (request.url ?? '').split('?', 1)[0]?.slice(0, LONGEST_PATH) ?? '',
      status: response.headersSent ? response.statusCode : null,
      ms: Math.round(performance.now() - begun),
    })
  })
}
