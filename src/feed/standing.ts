import type { FollowerTransport, Peer } from './line.ts'

export const followerStates = ['LIVE', 'BEHIND', 'FULL'] as const
/** LIVE: at the head. BEHIND: on its way there. FULL: behind, and its socket takes nothing now. */
export type FollowerState = (typeof followerStates)[number]

/** How one follower stands. */
export interface FollowerStanding {
  /** What the audit trail calls its viewer. */
  readonly name: string
  readonly peer: Peer
  readonly state: FollowerState
  /** Everything up to here has been considered for it. */
  readonly position: number
  /** For how long it has been live, or behind, in milliseconds. */
  readonly sinceMs: number
  /** How long ago it began to follow, in milliseconds. */
  readonly connectedMs: number
}

/** How the followers stand, all together. */
export interface Standings {
  readonly groups: number
  /** How many are at the head, on lines that take what comes. */
  readonly live: number
  /** Those who are not: where they are, and whether their lines take nothing now. */
  readonly behind: readonly { readonly position: number; readonly isFull: boolean }[]
}

/** How the tail stands to the database. */
export interface TailStanding {
  readonly isConnected: boolean
  /** How long ago a look began that found it at the end of the feed, in milliseconds: it is no more behind than that. */
  readonly delayMs: number
}

/** How the feed of this process stands, apart from who follows it. */
export interface FeedStanding {
  readonly tail: TailStanding
  readonly groups: number
  /** What memory holds. */
  readonly ring: { readonly entries: number; readonly bytes: number }
  /** How many revisions were written to followers since the start: what went to a hundred counts a hundred. */
  readonly delivered: Readonly<Record<FollowerTransport, number>>
}
