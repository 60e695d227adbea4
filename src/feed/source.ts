import type { Entry } from '../store/log.ts'
import type { Cursor } from './cursor.ts'
import type { FollowerTransport } from './line.ts'
import type { Message } from './message.ts'
import type { Shared } from './shared.ts'

/** What groups and followers need of the feed. */
export interface Source {
  /** The end of the feed as this process knows it. */
  head(): Cursor
  /** Up to `limit` entries after a position, from memory; undefined when memory does not reach back so far. */
  ring(after: number, limit: number): readonly Entry[] | undefined
  /** Up to `limit` entries after a position, none beyond the head; none only at the head. */
  page(after: number, limit: number): Promise<readonly Entry[]>
  /** The feed is closing: tell CLOSING and nothing more. */
  closing(): boolean
  readonly messages: Shared<Message>
  /** Revisions were written to followers: how many, to all of a transport together. */
  delivered(transport: FollowerTransport, revisions: number): void
  /** Heartbeats come at least this often while nothing else does, in milliseconds. */
  readonly heartbeatMs: number
  /** A follower that takes nothing for so long is lagging, in milliseconds. */
  readonly stallMs: number
}
