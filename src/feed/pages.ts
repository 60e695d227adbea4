import type { Pool } from '../store/database.ts'
import { type Entry, readLog } from '../store/log.ts'
import { openShared } from './shared.ts'

const PAGE = 200
/** How many entries are kept for the next one who comes by. */
const MOST = 4000

/** The log in pages, for those who are further behind than memory reaches: one reading serves all who ask for it. */
export interface Pages {
  /** The entries after a position and up to the head that stand on one page with the next one. */
  read(after: number, head: number): Promise<readonly Entry[]>
  /** Forgets what was read: something of it is withheld, or given back. */
  clear(): void
}

/** @param options.onFailure told when reading begins to fail; once, however many meet it */
export function openPages(pool: Pool, { onFailure }: { onFailure: (error: Error) => void }): Pages {
  const shared = openShared({ most: MOST, sizeOf: (page: readonly Entry[]) => page.length })
  let isFailing = false

  async function load(start: number): Promise<readonly Entry[]> {
    try {
      const page = await readLog(pool, start, PAGE)
      isFailing = false
      return page
    } catch (error) {
      if (!isFailing) onFailure(error as Error)
      isFailing = true
      throw error
    }
  }

  return {
    async read(after, head) {
      const start = after - (after % PAGE)
      // The last page grows with the head.
      const page = await shared.get(start + PAGE <= head ? `${start}` : `${start} ${head}`, () => load(start))
      return page.slice(after - start, head - start)
    },
    clear: shared.clear,
  }
}
