import type { Filter } from '../domain/filter.ts'
import type { Pool } from '../store/database.ts'
import { type Entry, type Head, readHead, readLogBack, readTag } from '../store/log.ts'
import { changeFor } from './change.ts'
import { type Cursor, CursorRefused } from './cursor.ts'
import { Follower } from './follower.ts'
import { type Group, openGroup } from './group.ts'
import type { Line } from './line.ts'
import type { Message } from './message.ts'
import { openPages } from './pages.ts'
import { createRing } from './ring.ts'
import { openShared } from './shared.ts'
import type { Source } from './source.ts'
import type { FeedStanding, FollowerStanding, Standings } from './standing.ts'
import type { Subscription } from './subscription.ts'
import { openTail, type TailOptions } from './tail.ts'
import type { Viewer, ViewerRole } from './viewer.ts'

const RING = { entries: 10_000, bytes: 32 * 1024 * 1024 }
const MESSAGE_BYTES = 32 * 1024 * 1024
const BACK_PAGE = 500

export interface FeedOptions extends Pick<TailOptions, 'url' | 'pollMs' | 'onConnection'> {
  readonly pool: Pool
  readonly heartbeatMs: number
  readonly stallMs: number
}

export interface FollowOptions {
  readonly subscription: Subscription
  readonly viewer: Viewer
  /** The place to follow from, exclusive; a cursor that was located. */
  readonly after: Cursor
  readonly line: Line
}

/** The ordered sequence of all revisions, as this process follows it: one tail, one ring, any number of followers. */
export interface Feed {
  head(): Cursor
  /** The database's head, if it can be known without asking: late by no more than a notice takes. */
  known(): Head | undefined
  /** The database's head. What is known from then on is not behind it. */
  latest(): Promise<Head>
  /** Something may have been written through this process: nothing is known until the tail has looked. */
  look(): void
  /** Position 0: `after` it comes everything. */
  origin(): Cursor
  /** Follows on a line; returns how to stop. */
  follow(options: FollowOptions): () => void
  /** Sees that a cursor is of this history. Throws CursorRefused when it is not. */
  locate(cursor: Cursor): Promise<Cursor>
  /** Where to begin so that the last `count` matches are replayed. */
  before(count: number, filter: Filter): Promise<Cursor>
  readonly followers: number
  standings(): Standings
  /** Every follower of this process, as it stands now. */
  roll(): FollowerStanding[]
  standing(): FeedStanding
  /** Tells every follower CLOSING; resolves when all have left, or after the limit in milliseconds. */
  close(limitMs: number): Promise<void>
}

export async function openFeed(options: FeedOptions): Promise<Feed> {
  const { pool, url, pollMs, onConnection, heartbeatMs, stallMs } = options
  const groups = new Map<string, Group>()
  const followers = new Set<Follower>()
  const emptied: (() => void)[] = []
  const delivered = { WEBSOCKET: 0, SSE: 0, FEED: 0 }
  let closing = false
  // What has been read of the head beside the tail, which may be behind it.
  let seen = { position: 0, identities: 0 }
  // The tail calls back only after it has opened: by then both are set.
  let head: Cursor = { position: 0, tag: '' }
  let ring = createRing(RING, 0)
  const messages = openShared({ most: MESSAGE_BYTES, sizeOf: (one: Message) => one.bytes.byteLength })
  const pages = openPages(pool, { onFailure: (error) => onConnection?.('lost', error) })
  const forget = () => {
    messages.clear()
    pages.clear()
  }
  const tail = await openTail({
    ...{ url, pollMs, onEntries: take, onIdentities: forget },
    ...(onConnection && { onConnection }),
  })
  const origin: Cursor = { position: 0, tag: tail.start.history }
  head = { position: tail.start.position, tag: tail.start.tag }
  ring = createRing(RING, head.position)

  function take(entries: readonly Entry[]) {
    ring.push(entries)
    // What is withheld, or given back, from now on may stand in what was made before.
    if (entries.some(({ action }) => action === 'RETRACTED' || action === 'REINSTATED')) forget()
    const last = entries.at(-1) as Entry
    head = { position: last.position, tag: last.tag }
    for (const group of groups.values()) group.move()
  }

  const source: Source = {
    ...{ messages, heartbeatMs, stallMs },
    head: () => head,
    ring: (after, limit) => ring.read(after, limit),
    async page(after, limit) {
      return ring.read(after, limit) ?? (await pages.read(after, head.position)).slice(0, limit)
    },
    closing: () => closing,
    delivered(transport, revisions) {
      delivered[transport] += revisions
    },
  }

  function groupOf(subscription: Subscription, scope: ViewerRole): Group {
    const key = `${scope}\n${subscription.key}`
    const known = groups.get(key)
    if (known !== undefined) return known
    const group = openGroup({
      ...{ source, subscription, scope },
      ofScope: (other) => groupOf(subscription, other),
      onEmpty: () => groups.delete(key),
    })
    groups.set(key, group)
    return group
  }

  async function farewell(limitMs: number): Promise<void> {
    if (followers.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      emptied.push(() => {
        clearTimeout(timer)
        resolve()
      })
      for (const group of groups.values()) group.move()
    })
  }

  return {
    head: () => head,
    known() {
      const known = tail.known()
      return known && known.position >= seen.position && known.identities >= seen.identities ? known : undefined
    },
    async latest() {
      const latest = await readHead(pool)
      if (latest.position >= seen.position && latest.identities >= seen.identities) seen = latest
      return latest
    },
    look: tail.look,
    origin: () => origin,
    follow({ subscription, viewer, after, line }) {
      // Whoever may see nothing any more is told so before anything else.
      const group = groupOf(subscription, viewer.scope ?? 'READER')
      const follower = new Follower({ source, group, viewer, line, after })
      followers.add(follower)
      return () => {
        follower.stop()
        followers.delete(follower)
        if (followers.size === 0) for (const resolve of emptied.splice(0)) resolve()
      }
    },
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
    get followers() {
      return followers.size
    },
    standings() {
      const behind = [...followers].filter((follower) => !follower.isLive)
      return {
        groups: groups.size,
        live: followers.size - behind.length,
        behind: behind.map(({ position, line }) => ({ position, isFull: !line.isFree() })),
      }
    },
    roll: () => [...followers].map((follower) => follower.standing()),
    standing: () => ({
      ...{ groups: groups.size, ring: ring.size, delivered: { ...delivered } },
      tail: tail.standing(),
    }),
    async close(limitMs) {
      closing = true
      await Promise.all([farewell(limitMs), tail.close()])
    },
  }
}
