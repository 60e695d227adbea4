import type { Batch } from './message.ts'

/** Why the server ends a follower: it takes nothing, the server goes, or its viewer may see nothing any more. */
export type Ending = 'LAGGED' | 'CLOSING' | 'EXPIRED'

/** How a follower is reached: GraphQL over WebSocket, GraphQL over SSE, or the plain event stream. */
export const followerTransports = ['WEBSOCKET', 'SSE', 'FEED'] as const
export type FollowerTransport = (typeof followerTransports)[number]

/** Who is at the other end of a line, for operators. */
export interface Peer {
  readonly transport: FollowerTransport
  /** The address that it came from. */
  readonly address: string
}

/** What carries one follower: its subscription on a socket. */
export interface Line {
  readonly peer: Peer
  /** Whether it takes more now; what is written to one that does not would be queued. */
  isFree(): boolean
  /** Calls back once, when it takes more again. */
  whenFree(listener: () => void): void
  /** How many bytes its socket has got rid of: what grows is not stalled. */
  progress(): number
  /** Writes messages, in order, at once. */
  write(batch: Batch): void
  /**
   * The follower ends: the connection is to end so that the client comes back.
   * `told`: its last message was written; otherwise it takes nothing.
   */
  ended(why: Ending, told: boolean): void
}
