import type { ServerResponse } from 'node:http'
import type { Connection } from '../feed/connection.ts'
import { followedConnection } from './connection.ts'

/** The response on which an event stream is written. */
export interface SseRequest {
  readonly res: ServerResponse
}

/**
 * The connection of an event stream. It is ended by ending the socket: an event stream that completes would tell
 * clients that nothing more is to come.
 */
export function sseConnection({ res }: Partial<SseRequest>, graceMs: number): Connection | undefined {
  if (res === undefined) return undefined
  const connection = followedConnection({
    close: () => whenWritten(res, () => res.socket?.destroySoon()),
    cut: () => res.destroy(),
    graceMs,
  })
  // A response that is given up before it has begun is never read, and nobody else would end its follower.
  res.once('close', connection.gone)
  if (res.destroyed) connection.gone()
  return connection
}

// What waits for the response to take more is not in the socket yet, which writes all that it has before it ends.
function whenWritten(res: ServerResponse, done: () => void): void {
  setImmediate(() => {
    if (res.writableNeedDrain) res.once('drain', () => whenWritten(res, done))
    else done()
  })
}
