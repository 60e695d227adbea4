import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { isFree, whenFree } from './drain.ts'

/** From how many bytes on that a client has not taken nothing more is read of it: it asks, and does not listen. */
const MOST_UNTAKEN = 1024 * 1024

/** A WebSocket to a client, who may be gone at any moment: that is no failure of whoever sends it something. */
export class ClientSocket extends WebSocket {
  override send(data: Parameters<WebSocket['send']>[0], ...rest: unknown[]): void {
    const done = rest.at(-1)
    super.send(data, () => {
      if (typeof done === 'function') done()
    })
  }
}

/**
 * Reads no more of a client than it takes. What it sends that is no frame is its own failure: the socket closes with the
 * code for that by itself, and nothing is to be printed of it, as graphql-ws would; so this comes after graphql-ws.
 */
export function readFairly(socket: WebSocket, carrier: Socket): void {
  socket.removeAllListeners('error').on('error', () => {})
  socket.on('message', () => {
    if (socket.bufferedAmount <= MOST_UNTAKEN || isFree(carrier)) return
    socket.pause()
    whenFree(carrier, () => socket.resume())
  })
}
