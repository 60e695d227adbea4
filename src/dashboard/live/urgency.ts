import type { ChangeFields } from './change.ts'

const DAY_MS = 86_400_000
/** How long after it happened news is news, in days. */
const NEWS_DAYS = 14

/** How soon a desk should look at a change. */
export type Urgency = 'now' | 'soon' | 'later'

const wrong = new Set(['CORRECTED', 'RETRACTED', 'MERGED', 'REINSTATED'])

/**
 * Now: what may have been published already and no longer holds, and news of force (PLOVER's material conflict),
 * but not its history. Soon:
 * what is new, and a step of its lifecycle. Later: more evidence of what is known.
 */
export function urgencyOf({ action, development, revision }: ChangeFields): Urgency {
  if (wrong.has(action)) return 'now'
  const happened = Date.parse(development?.when?.latest ?? '')
  const isNews = happened > Date.parse(revision?.knownAt ?? '') - NEWS_DAYS * DAY_MS
  if (action === 'CREATED') return development?.plover?.quadClass === 'MATERIAL_CONFLICT' && isNews ? 'now' : 'soon'
  return revision?.changes.some(({ path }) => path === 'status') ? 'soon' : 'later'
}
