import type { Filter } from '../domain/filter.ts'
import type { Pool } from '../store/database.ts'
import { type Entry, readHead, readLog, readLogBack, readTag } from '../store/log.ts'
import { changeFor } from './change.ts'
import { type Cursor, CursorRefused } from './cursor.ts'
import { type FollowOptions, follow } from './follow.ts'
import type { Item } from './item.ts'
import { createRing } from './ring.ts'
import { openTail, type TailOptions } from './tail.ts'

const RING = 10_000
const BACK_PAGE = 500

export interface FeedOptions extends Pick<TailOptions, 'url' | 'pollMs' | 'onConnection'> {
  readonly pool: Pool
  readonly heartbeatMs: number
  readonly stallMs: number
}

/** The ordered sequence of all revisions, as this process follows it: one tail, one ring, any number of followers. */
export interface Feed {
  head(): Cursor
  /** Position 0: `after` it comes everything. */
  origin(): Cursor
  /** Follows from a cursor that was located. */
  follow(options: Pick<FollowOptions, 'after' | 'filter' | 'connection'>): AsyncIterableIterator<Item>
  /** Sees that a cursor is of this history. Throws CursorRefused when it is not. */
  locate(cursor: Cursor): Promise<Cursor>
  /** Where to begin so that the last `count` matches are replayed. */
  before(count: number, filter: Filter): Promise<Cursor>
  /** Up to `limit` entries after a position. */
  page(after: number, limit: number): Promise<readonly Entry[]>
  readonly followers: number
  /** Tells every follower CLOSING; resolves when all have left, or after the limit in milliseconds. */
  close(limitMs: number): Promise<void>
}

export async function openFeed(options: FeedOptions): Promise<Feed> {
  const { pool, url, pollMs, onConnection } = options
  const listeners = new Set<() => void>()
  const emptied: (() => void)[] = []
  let closing = false
  let failing = false
  // The tail calls back only after it has opened: by then both are set.
  let head: Cursor = { position: 0, tag: '' }
  let ring = createRing(RING, 0)
  const tail = await openTail({ url, pollMs, onEntries: take, ...(onConnection && { onConnection }) })
  const origin: Cursor = { position: 0, tag: tail.start.history }
  head = { position: tail.start.position, tag: tail.start.tag }
  ring = createRing(RING, head.position)

  function take(entries: readonly Entry[]) {
    ring.push(entries)
    const last = entries.at(-1) as Entry
    head = { position: last.position, tag: last.tag }
    for (const listener of [...listeners]) listener()
  }

  async function page(after: number, limit: number): Promise<readonly Entry[]> {
    const known = ring.read(after, limit)
    if (known !== undefined) return known
    try {
      const entries = await readLog(pool, after, limit)
      failing = false
      return entries.filter((entry) => entry.position <= head.position)
    } catch (error) {
      // Said once, however many followers meet it.
      if (!failing) onConnection?.('lost', error as Error)
      failing = true
      throw error
    }
  }

  const source = {
    head: () => head,
    page,
    onMove(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) for (const resolve of emptied.splice(0)) resolve()
      }
    },
    closing: () => closing,
  }

  async function farewell(limitMs: number): Promise<void> {
    if (listeners.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      emptied.push(() => {
        clearTimeout(timer)
        resolve()
      })
      for (const listener of [...listeners]) listener()
    })
  }

  return {
    head: () => head,
    origin: () => origin,
    follow: (given) => follow(source, { heartbeatMs: options.heartbeatMs, stallMs: options.stallMs, ...given }),
    async locate(cursor) {
      const tag = await readTag(pool, cursor.position)
      if (tag === cursor.tag) return cursor
      const { position, tag: headTag, history } = await readHead(pool)
      const code = tag === null ? 'CURSOR_FROM_THE_FUTURE' : 'CURSOR_FROM_ANOTHER_HISTORY'
      throw new CursorRefused(code, cursor, { position, tag: headTag }, { position: 0, tag: history })
    },
    async before(count, filter) {
      let found = 0
      let from = head.position
      while (from > 0 && count > 0) {
        const entries = await readLogBack(pool, from, BACK_PAGE)
        for (const entry of entries) {
          if (changeFor(filter, entry) !== null) found++
          from = entry.position - 1
          if (found === count) break
        }
        if (found === count || entries.length === 0) break
      }
      if (count <= 0) return head
      return { position: from, tag: (await readTag(pool, from)) ?? origin.tag }
    },
    page,
    get followers() {
      return listeners.size
    },
    async close(limitMs) {
      closing = true
      await Promise.all([farewell(limitMs), tail.close()])
    },
  }
}
