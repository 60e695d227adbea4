import type { Got } from './judge.ts'
import type { Way } from './streams.ts'

/** What a follower has got, over all of its connections. */
export interface Journal {
  readonly way: Way
  /** The name of its filter. */
  readonly filter: string
  /** After which position it began; null: it was not told yet. */
  readonly from: number | null
  /** Up to here it was considered. */
  readonly upTo: number
  /** Where it goes on. */
  readonly cursor: string | undefined
  readonly got: readonly Got[]
  /** How often an item said that something before it had not come (F7). */
  readonly gaps: number
  /** How often it came back, for whatever reason. */
  readonly returns: number
  take(item: Item): void
  returned(): void
  /** Resolves when it was considered up to a position. */
  reached(position: number): Promise<void>
}

/** An item of the feed; without an action it only tells a place. */
export interface Item {
  readonly cursor: string
  readonly position: number
  readonly previousPosition: number
  readonly action?: string | undefined
  readonly ref?: string | undefined
}

export function openJournal(way: Way, filter: string, start: { after: string; position: number } | undefined): Journal {
  const got: Got[] = []
  const waiting = new Set<() => void>()
  let from = start?.position ?? null
  let upTo = from ?? 0
  let cursor = start?.after
  let gaps = 0
  let returns = 0
  return {
    way,
    filter,
    got,
    get from() {
      return from
    },
    get upTo() {
      return upTo
    },
    get cursor() {
      return cursor
    },
    get gaps() {
      return gaps
    },
    get returns() {
      return returns
    },
    take({ cursor: at, position, previousPosition, action, ref }) {
      if (from === null) {
        from = action === undefined ? position : previousPosition
        upTo = from
      }
      if (previousPosition > upTo) gaps++
      if (action !== undefined && ref !== undefined) got.push({ position, ref, action })
      upTo = Math.max(upTo, position)
      cursor = at
      for (const look of [...waiting]) look()
    },
    returned: () => {
      returns++
    },
    reached: (position) =>
      new Promise((resolve) => {
        const look = () => {
          if (upTo < position) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
