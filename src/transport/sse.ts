import type { ServerResponse } from 'node:http'
import type { Connection } from '../schema/context.ts'
import { followedConnection } from './connection.ts'

/** The response on which an event stream is written. */
export interface SseRequest {
  readonly res: ServerResponse
}

/**
 * The connection of an event stream. It is ended by ending the socket: an event stream that completes would tell
 * clients that nothing more is to come.
 */
export function sseConnection({ res }: Partial<SseRequest>): Connection | undefined {
  if (res === undefined) return undefined
  return followedConnection({
    close: () => whenFlushed(res, () => res.socket?.destroySoon()),
    cut: () => res.destroy(),
  }).join()
}

function whenFlushed(res: ServerResponse, done: () => void): void {
  if (res.writableLength === 0) setImmediate(done)
  else res.once('drain', () => whenFlushed(res, done))
}
