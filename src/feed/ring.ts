import type { Entry } from '../store/log.ts'

/** The newest entries, contiguous, shared by all followers of the process: at most `capacity` of them. */
export interface Ring {
  push(entries: readonly Entry[]): void
  /** Up to `limit` entries after a position; undefined when the ring does not reach back so far. */
  read(after: number, limit: number): readonly Entry[] | undefined
}

export function createRing(capacity: number, start: number): Ring {
  let entries: Entry[] = []
  /** The position before the first entry that is kept. */
  let base = start
  return {
    push(added) {
      for (const entry of added) {
        if (entry.action === 'RETRACTED' || entry.action === 'MERGED') withhold(entry.development, true)
        if (entry.action === 'REINSTATED') withhold(entry.development, false)
      }
      entries.push(...added)
      // In steps, so that not every push copies the whole.
      if (entries.length > capacity * 1.25) entries = entries.slice(-capacity)
      base = (entries[0]?.position ?? base + 1) - 1
    },
    read(after, limit) {
      if (after < base) return undefined
      const from = after - base
      return entries.slice(from, from + limit)
    },
  }

  function withhold(development: string, withheld: boolean) {
    entries = entries.map((entry) => (entry.development === development ? { ...entry, withheld } : entry))
  }
}
