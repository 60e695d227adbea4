import type { Connection } from '../feed/connection.ts'
import type { Feed } from '../feed/feed.ts'
import type { Database } from '../store/database.ts'
import type { Viewpoint } from '../store/viewpoint.ts'

/** What main hands to every operation. */
export interface Services {
  readonly database: Database
  readonly feed: Feed
  readonly now: () => Date
}

/** What resolvers see. A fresh one for every operation, and for every event of a subscription. */
export interface Context extends Services {
  /** From where this operation reads the record; settled before it is executed. Absent for mutations. */
  readonly viewpoint?: Viewpoint | undefined
  /** What carries a subscription. */
  readonly connection?: Connection | undefined
}
