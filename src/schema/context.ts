import type { Feed } from '../feed/feed.ts'
import type { Database } from '../store/database.ts'
import type { Viewpoint } from '../store/viewpoint.ts'

/** What main hands to every operation. */
export interface Services {
  readonly database: Database
  readonly feed: Feed
  readonly now: () => Date
}

/** The transport's hold on the connection of a subscription. */
export interface Connection {
  /** A follower's end: LAGGED or CLOSING, and whether its last status was taken. */
  readonly ended: (why: 'LAGGED' | 'CLOSING', taken: boolean) => void
}

/** What resolvers see. A fresh one for every operation, and for every event of a subscription. */
export interface Context extends Services {
  /** From where this operation reads the record; settled before it is executed. Absent for mutations. */
  readonly viewpoint?: Viewpoint | undefined
  readonly connection?: Connection | undefined
}
