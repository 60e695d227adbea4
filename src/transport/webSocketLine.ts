import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Ending, Line, Peer } from '../feed/line.ts'
import type { Batch } from '../feed/message.ts'
import type { Connection, Seat } from './connection.ts'
import { drained, forget, isFree, whenFree } from './drain.ts'
import { type OperationId, operationId, writeFrames } from './frames.ts'

export interface Carrier extends Pick<Line, 'peer'> {
  readonly webSocket: WebSocket
  /** The socket beneath: nothing else writes to it while a message is half written, since nothing is compressed. */
  readonly socket: Socket
  readonly connection: Connection
}

/** A subscription of a WebSocket. graphql-ws speaks the protocol; what the feed sends goes straight to the socket. */
export class WebSocketLine implements Line {
  readonly peer: Peer
  readonly #webSocket: WebSocket
  readonly #socket: Socket
  readonly #id: OperationId
  readonly #seat: Seat
  #waiting: (() => void) | undefined

  /** @param stop ends the follower; called when the connection is gone */
  constructor({ webSocket, socket, connection, peer }: Carrier, id: string, stop: () => void) {
    this.peer = peer
    this.#webSocket = webSocket
    this.#socket = socket
    this.#id = operationId(id)
    this.#seat = connection.join(stop)
  }

  isFree(): boolean {
    return isFree(this.#socket)
  }

  whenFree(listener: () => void): void {
    this.#waiting = listener
    whenFree(this.#socket, listener)
  }

  progress(): number {
    return drained(this.#socket)
  }

  write(batch: Batch): void {
    // Nothing may follow a close frame.
    if (this.#webSocket.readyState === this.#webSocket.OPEN) writeFrames(this.#socket, batch, this.#id)
  }

  ended(why: Ending, told: boolean): void {
    this.#seat.ended(why, told)
  }

  /** The follower has stopped. */
  leave(): void {
    if (this.#waiting !== undefined) forget(this.#socket, this.#waiting)
    this.#seat.leave()
  }
}
