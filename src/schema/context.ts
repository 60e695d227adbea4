import type { Feed } from '../feed/feed.ts'
import type { ViewerRole } from '../feed/viewer.ts'
import type { Database } from '../store/database.ts'
import type { Head } from '../store/log.ts'
import type { Author } from '../store/pen.ts'
import type { Replica } from '../store/replica.ts'
import type { Viewpoint } from '../store/viewpoint.ts'

/** What became of a dispatch that was sent to a server. */
export type IngestResult = 'accepted' | 'held' | 'unchanged' | 'refused' | 'failed'

/** What main hands to every operation. */
export interface Services {
  readonly database: Database
  /** The same on connections of their own, for queries and exports: the feed and writers do not wait for them. */
  readonly reading?: Database | undefined
  /** Asked instead, for what only the record's state decides; absent: there is none. */
  readonly replica?: Replica | undefined
  readonly feed: Feed
  readonly now: () => Date
  /** What an operation may cost at the most. */
  readonly maxCost: number
  /** Told what became of each dispatch, where somebody counts them. */
  readonly onIngest?: ((result: IngestResult) => void) | undefined
  /** Only administrators may ask about the schema, and errors do not say what was perhaps meant. */
  readonly hidesSchema?: boolean
}

/** What resolvers see. A fresh one for every operation, and for every event of a subscription. */
export interface Context extends Services {
  /** What decides what is shown: the viewer's scope as it is now. Null: nothing is. */
  readonly scope: ViewerRole | null
  /** Whoever asks, for the audit trail: what it writes is told of it. */
  readonly author: Author
  /** The feed's end, if it was read for this operation: "now" is there. */
  readonly head?: Head | undefined
  /** From where this operation reads the record; settled before it is executed. Absent for mutations. */
  readonly viewpoint?: Viewpoint | undefined
}
