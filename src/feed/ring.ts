import type { Entry } from '../store/log.ts'

/** How much a ring keeps at the most. */
export interface RingSize {
  readonly entries: number
  /** Bytes of the entries as JSON. */
  readonly bytes: number
}

/** The newest entries, contiguous, shared by all followers of the process. */
export interface Ring {
  push(entries: readonly Entry[]): void
  /** Up to `limit` entries after a position; undefined when the ring does not reach back so far. */
  read(after: number, limit: number): readonly Entry[] | undefined
  /** How much it holds now. */
  readonly size: RingSize
}

export function createRing(most: RingSize, start: number): Ring {
  let entries: Entry[] = []
  let sizes: number[] = []
  let bytes = 0
  /** The position before the first entry that is kept. */
  let base = start
  return {
    push(added) {
      for (const entry of added) {
        if (entry.action === 'RETRACTED' || entry.action === 'REINSTATED') withhold(entry)
        const size = Buffer.byteLength(JSON.stringify(entry))
        entries.push(entry)
        sizes.push(size)
        bytes += size
      }
      // In steps, so that not every push copies the whole.
      if (entries.length > most.entries * 1.25 || bytes > most.bytes * 1.25) shrink()
      base = (entries[0]?.position ?? base + 1) - 1
    },
    read(after, limit) {
      if (after < base) return undefined
      const from = after - base
      return entries.slice(from, from + limit)
    },
    get size() {
      return { entries: entries.length, bytes }
    },
  }

  function shrink() {
    let from = Math.max(0, entries.length - most.entries)
    for (let i = 0; i < from; i++) bytes -= sizes[i] as number
    // The newest stays, however large it is.
    for (; bytes > most.bytes && from < entries.length - 1; from++) bytes -= sizes[from] as number
    entries = entries.slice(from)
    sizes = sizes.slice(from)
  }

  function withhold({ development, absorbed, action }: Entry) {
    const concerned = new Set([development, ...(absorbed ?? [])])
    const withheld = action === 'RETRACTED'
    entries = entries.map((entry) => (concerned.has(entry.development) ? { ...entry, withheld } : entry))
  }
}
