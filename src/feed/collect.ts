import type { Filter } from '../domain/filter.ts'
import type { Entry } from '../store/log.ts'
import { changeFor } from './change.ts'
import type { Cursor } from './cursor.ts'
import type { Change } from './item.ts'

const PAGE = 500

/** Collects the first `limit` matches after a cursor, up to the head; `more`: another one follows. */
export async function collect(
  page: (after: number, limit: number) => Promise<readonly Entry[]>,
  { after, head, filter, limit }: { after: Cursor; head: number; filter: Filter; limit: number },
): Promise<{ changes: Change[]; more: boolean }> {
  const changes: Change[] = []
  let at = after.position
  let previousPosition = after.position
  while (at < head) {
    const entries = await page(at, PAGE)
    for (const entry of entries) {
      at = entry.position
      if (at > head) break
      const action = changeFor(filter, entry)
      if (action === null) continue
      if (changes.length === limit) return { changes, more: true }
      changes.push({ type: 'change', position: entry.position, tag: entry.tag, previousPosition, action, entry })
      previousPosition = at
    }
    if (entries.length === 0) break
  }
  return { changes, more: false }
}
