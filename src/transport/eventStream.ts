import type { ServerResponse } from 'node:http'
import type { Feed, FollowOptions } from '../feed/feed.ts'
import type { Ending, Line, Peer } from '../feed/line.ts'
import type { Batch } from '../feed/message.ts'
import { type Connection, followedConnection, type Seat } from './connection.ts'
import { drained, isFree, whenFree } from './drain.ts'
import { type ToEvent, writeEvents } from './events.ts'

export interface EventStreamOptions extends Omit<FollowOptions, 'line'> {
  readonly toEvent: ToEvent
  readonly peer: Peer
  /** How long the client has to take its last event and to go, in milliseconds. */
  readonly graceMs: number
}

/** Follows the feed on a response whose head is written. */
export function followAsEvents(
  feed: Feed,
  response: ServerResponse,
  { toEvent, graceMs, peer, ...options }: EventStreamOptions,
): void {
  response.flushHeaders()
  let stop: (() => void) | undefined
  const line = new EventStream({ response, toEvent, graceMs, peer }, () => stop?.())
  // A response that was given up before it has begun is gone already, and nobody else would end its follower.
  if (!response.destroyed) stop = feed.follow({ ...options, line })
}

interface Carrier extends Pick<EventStreamOptions, 'toEvent' | 'graceMs' | 'peer'> {
  readonly response: ServerResponse
}

/** A response that carries a follower. */
class EventStream implements Line {
  readonly peer: Peer
  readonly #response: ServerResponse
  readonly #toEvent: ToEvent
  readonly #seat: Seat

  constructor({ response, toEvent, graceMs, peer }: Carrier, stop: () => void) {
    this.peer = peer
    this.#response = response
    this.#toEvent = toEvent
    this.#seat = connectionOf(response, graceMs).join(stop)
  }

  isFree(): boolean {
    const { socket } = this.#response
    return socket === null || isFree(socket)
  }

  whenFree(listener: () => void): void {
    const { socket } = this.#response
    if (socket !== null) whenFree(socket, listener)
  }

  progress(): number {
    const { socket } = this.#response
    return socket === null ? 0 : drained(socket)
  }

  write(batch: Batch): void {
    writeEvents(this.#response, batch, this.#toEvent)
  }

  ended(why: Ending, told: boolean): void {
    this.#seat.ended(why, told)
  }
}

// It is ended by ending the socket: an event stream that completes would tell clients that nothing more is to come.
function connectionOf(response: ServerResponse, graceMs: number): Connection {
  const connection = followedConnection({
    close: () => response.socket?.destroySoon(),
    cut: () => response.destroy(),
    graceMs,
  })
  response.once('close', connection.gone)
  return connection
}
