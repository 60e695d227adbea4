import type { Filter } from '../domain/filter.ts'
import type { Item } from './item.ts'
import type { ViewerRole } from './viewer.ts'

/** What a follower asks for, but for where to begin. */
export interface Subscription {
  /** Two subscriptions of one key are sent the same, if their viewers have the same scope. */
  readonly key: string
  readonly filter: Filter
  /** Makes of an item what goes out to viewers of a scope. */
  encode(item: Item, scope: ViewerRole): Promise<Buffer>
}
