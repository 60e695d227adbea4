import type { Filter } from '../domain/filter.ts'
import type { Entry } from '../store/log.ts'
import { changeFor } from './change.ts'
import type { Change } from './item.ts'

/** What entries mean for a filter, each change with the match before it: the first `limit` of them, and how many entries that took. */
export function consider(
  entries: readonly Entry[],
  { filter, previous, limit }: { filter: Filter; previous: number; limit: number },
): { changes: Change[]; considered: number } {
  const changes: Change[] = []
  let previousPosition = previous
  for (const [i, entry] of entries.entries()) {
    const action = changeFor(filter, entry)
    if (action === null) continue
    if (changes.length === limit) return { changes, considered: i }
    const { position, tag } = entry
    changes.push({ type: 'change', position, tag, previousPosition, action, entry })
    previousPosition = position
  }
  return { changes, considered: entries.length }
}
