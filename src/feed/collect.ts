import type { Filter } from '../domain/filter.ts'
import type { Entry } from '../store/log.ts'
import { consider } from './consider.ts'
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
  while (at < head) {
    const entries = (await page(at, PAGE)).filter(({ position }) => position <= head)
    const previous = changes.at(-1)?.position ?? after.position
    const found = consider(entries, { filter, previous, limit: limit - changes.length })
    changes.push(...found.changes)
    if (found.considered < entries.length) return { changes, more: true }
    const last = entries.at(-1)
    if (last === undefined) break
    at = last.position
  }
  return { changes, more: false }
}
