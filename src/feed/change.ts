import { type Filter, isEmpty, passes } from '../domain/filter.ts'
import { type Action, actions, isTombstone } from '../domain/revise.ts'
import type { Entry } from '../store/log.ts'

export const feedActions = [...actions, 'LEFT_FILTER'] as const
/** What an entry is to a follower: what the revision did, or that the development no longer passes the filter. */
export type FeedAction = Action | 'LEFT_FILTER'

/** What an entry means for a follower with this filter; null: nothing, it is passed over. */
export function changeFor(filter: Filter, entry: Entry): FeedAction | null {
  const { action, facets, before, withheld } = entry
  if (isEmpty(filter)) return action
  const passedBefore = before !== null && passes(filter, before)
  if (isTombstone(action)) return passedBefore ? action : null
  // Content that is withheld now must not be guessed by trying filters on it.
  if (withheld) return null
  if (passes(filter, facets)) return action
  // A backdated revision was never current: the development has not left anything.
  return passedBefore && action !== 'BACKDATED' ? 'LEFT_FILTER' : null
}
