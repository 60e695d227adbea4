import type { Filter } from '../domain/filter.ts'
import type { Entry } from '../store/log.ts'
import { changeFor } from './change.ts'
import type { Connection, Seat } from './connection.ts'
import type { Cursor } from './cursor.ts'
import type { FeedState, Item } from './item.ts'

const PAGE = 200
/** How long to wait before reading again what could not be read: the first time, and at most, in milliseconds. */
const RETRY = { first: 50, most: 2000 }

/** What a follower needs of the feed. */
export interface Source {
  /** The end of the feed as this process knows it. */
  head(): Cursor
  /** Up to `limit` entries after a position, none beyond the head. */
  page(after: number, limit: number): Promise<readonly Entry[]>
  /** Calls back when the head has moved or the feed closes; returns how to stop. */
  onMove(listener: () => void): () => void
  /** The feed is closing: tell CLOSING and nothing more. */
  closing(): boolean
}

export interface FollowOptions {
  /** The position to follow from, exclusive. */
  readonly after: Cursor
  readonly filter: Filter
  /** Heartbeats come at least this often while nothing else does, in milliseconds. */
  readonly heartbeatMs: number
  /** A follower that takes nothing for so long while there is something to take is lagging, in milliseconds. */
  readonly stallMs: number
  /** What carries the follower. */
  readonly connection?: Connection | undefined
}

/**
 * Follows the feed: OPENED, every later match once and in order, CAUGHT_UP at the head, then live, with heartbeats.
 * Replay and live are one path, since the only state is the position considered so far. Nothing is queued: what is not
 * pulled is not read. After LAGGED or CLOSING nothing more comes, and it does not complete either, since clients take
 * completion for the end: the transport closes the connection.
 */
export function follow(source: Source, options: FollowOptions): AsyncIterableIterator<Item> {
  const { filter, heartbeatMs, stallMs, connection } = options
  let at = options.after
  let previous = at.position
  let state: 'new' | 'replaying' | 'live' | 'lagged' | 'told' | 'done' = 'new'
  let ending: 'LAGGED' | 'CLOSING' = 'CLOSING'
  let page: readonly Entry[] = []
  let wake: (() => void) | undefined
  const stopListening = source.onMove(() => {
    wake?.()
    watchStall()
  })
  let isReading = false
  let failures = 0
  let again: NodeJS.Timeout | undefined
  let stall: NodeJS.Timeout | undefined
  let seat: Seat | undefined
  let pulls = 0

  function watchStall() {
    if (pulls > 0 || stall !== undefined || state === 'lagged' || state === 'told' || state === 'done') return
    stall = setTimeout(() => {
      stall = undefined
      state = 'lagged'
      seat?.ended('LAGGED', false)
    }, stallMs)
    stall.unref()
  }

  function status(told: FeedState): IteratorResult<Item> {
    const item = { type: 'status' as const, state: told, ...at, previousPosition: previous, head: source.head() }
    return { done: false, value: item }
  }

  async function pull(): Promise<IteratorResult<Item>> {
    // Also a stream in which nothing matches moves its resume point forward.
    const due = performance.now() + heartbeatMs
    for (;;) {
      if (state === 'done') return { done: true, value: undefined }
      if (state === 'told') {
        seat?.ended(ending, true)
        await sleep()
      } else if (state === 'lagged' || source.closing()) {
        ending = state === 'lagged' ? 'LAGGED' : 'CLOSING'
        state = 'told'
        return status(ending)
      } else if (state === 'new') {
        state = 'replaying'
        return status('OPENED')
      } else if (performance.now() >= due) {
        return status('HEARTBEAT')
      } else if (page.length > 0) {
        const found = consider()
        if (found !== undefined) return { done: false, value: found }
      } else if (at.position < source.head().position) {
        void read()
        await sleep(due - performance.now())
      } else if (state === 'replaying') {
        state = 'live'
        return status('CAUGHT_UP')
      } else {
        await sleep(due - performance.now())
      }
    }
  }

  /** Reads the next page beside the heartbeats. A database that fails costs latency only: it is read again. */
  async function read(): Promise<void> {
    if (isReading) return
    isReading = true
    try {
      const entries = await source.page(at.position, PAGE)
      // A page without a match must not keep the event loop to itself.
      await new Promise(setImmediate)
      page = entries
      failures = 0
    } catch {
      const delay = Math.min(RETRY.most, RETRY.first * 2 ** failures++) * (0.5 + Math.random())
      await new Promise((resolve) => {
        again = setTimeout(resolve, delay)
        if (state === 'done') clearTimeout(again)
      })
    }
    isReading = false
    wake?.()
  }

  /** Considers entries up to the next match, or up to the end of the page. */
  function consider(): Item | undefined {
    for (const [i, entry] of page.entries()) {
      at = { position: entry.position, tag: entry.tag }
      const action = changeFor(filter, entry)
      if (action === null) continue
      page = page.slice(i + 1)
      const previousPosition = previous
      previous = at.position
      return { type: 'change', ...at, previousPosition, action, entry }
    }
    page = []
    return undefined
  }

  /** Waits until something happens or the time is over. */
  function sleep(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => wake?.(), ms)
      wake = () => {
        clearTimeout(timer)
        wake = undefined
        resolve()
      }
    })
  }

  function end() {
    if (state === 'done') return
    state = 'done'
    page = []
    clearTimeout(stall)
    clearTimeout(again)
    stopListening()
    seat?.leave()
    wake?.()
  }

  function settled() {
    pulls--
    // Whoever does not come back for the next item while there is one is lagging.
    if (page.length > 0 || source.head().position > at.position) watchStall()
  }

  // Pulls run one after the other, also when a consumer asks ahead.
  let running: Promise<unknown> = Promise.resolve()
  const iterator: AsyncIterableIterator<Item> = {
    [Symbol.asyncIterator]: () => iterator,
    next() {
      pulls++
      clearTimeout(stall)
      stall = undefined
      const result = running.then(pull)
      running = result.then(settled, () => {
        end()
        settled()
      })
      return result
    },
    async return() {
      end()
      return { done: true, value: undefined }
    },
    async throw(error) {
      end()
      throw error
    },
  }
  seat = connection?.join(end)
  return iterator
}
