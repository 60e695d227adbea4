import type { Entry } from '../store/log.ts'
import type { FeedAction } from './change.ts'
import type { Cursor } from './cursor.ts'

export const feedStates = ['OPENED', 'CAUGHT_UP', 'HEARTBEAT', 'LAGGED', 'CLOSING'] as const
/**
 * OPENED: where following begins. CAUGHT_UP: what follows is live. HEARTBEAT: still here. LAGGED: too slow, resume from
 * the cursor. CLOSING: the server goes, resume from the cursor elsewhere.
 */
export type FeedState = (typeof feedStates)[number]

interface Placed extends Cursor {
  /** No match for this subscription lies strictly between it and this item. */
  readonly previousPosition: number
}

/** A revision that concerns the follower. */
export interface Change extends Placed {
  readonly type: 'change'
  readonly action: FeedAction
  readonly entry: Entry
}

/** Where the follower stands. Its cursor is the position considered for it, delivered or passed over. */
export interface StatusItem extends Placed {
  readonly type: 'status'
  readonly state: FeedState
  /** The end of the feed. */
  readonly head: Cursor
}

export type Item = Change | StatusItem
