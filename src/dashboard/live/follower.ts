import { stringifyDocument } from '@urql/core'
import { createEffect, on, onCleanup, untrack } from 'solid-js'
import { delayMs, wait } from '../../client/delay.ts'
import { type Feed, FollowRefused, follow } from '../../client/follow.ts'
import { credentials, key } from '../key.ts'
import { AskError, ask, ENDPOINT } from '../server.ts'
import { Arriving, type ChangeFields, Latest, lastChange } from './change.ts'
import { keepConnection } from './connection.ts'
import type { LiveFilter } from './filter.ts'
import type { Missed } from './rows.ts'
import { onWake } from './wake.ts'

/** How many changes the page begins with, and how many it loads at once. */
export const PAGE = 30
const RETRY = { firstMs: 500, mostMs: 10_000 }
/** A connection of which nothing was heard for so long is none. It may be called live for so long at the most. */
const SILENCE_MS = 15_000
/** What comes within so long is shown at once, in milliseconds. */
const GATHER_MS = 50
/** The same while one thing follows on another: in a burst the page must have time for its reader, too. */
const BURST_MS = 500

/** Where a list goes on, and the place in the feed at which it is read: what comes later moves none of its pages. */
export interface Older {
  readonly after: string
  readonly at: string
}

/** Asks for the developments that changed last or, of an older page, before those of the page before. */
export async function askLatest(filter: LiveFilter, older?: Older) {
  const { developments, feedHead } = await ask(Latest, { first: PAGE, filter, ...older })
  const { endCursor, hasNextPage } = developments.pageInfo
  return {
    changes: developments.nodes.map(lastChange),
    older: hasNextPage && endCursor !== null ? { after: endCursor, at: older?.at ?? feedHead.cursor } : null,
    head: feedHead,
  }
}

/** Who takes what comes. */
export interface Sink {
  /** The page begins, or begins anew: the last changes, newest first, where there are older ones, and the head's position. */
  begin(changes: readonly ChangeFields[], older: Older | null, position: number): void
  /** What has come since, oldest first; `missed`: it happened while there was no connection. */
  arrived(changes: readonly ChangeFields[], missed: Missed | null): void
  /** Everything up to this position has been looked at: what lies before it and did not arrive does not match. */
  moved(position: number): void
}

/**
 * Loads the last changes that match a filter, and follows from there as long as the page is open; anew with another
 * filter. Gives the connection's state.
 */
export function followFeed(sink: Sink, filter: () => LiveFilter) {
  const keeper = keepConnection()
  const url = new URL(ENDPOINT, location.href.replace(/^http/, 'ws')).href
  let feed: Feed<ChangeFields> | undefined
  let run = 0

  async function begin(mine: number): Promise<void> {
    for (let failures = 1; mine === run; failures++) {
      try {
        const { changes, older, head } = await askLatest(untrack(filter))
        if (mine !== run) return
        sink.begin(changes, older, head.position)
        return await followAfter(head.cursor, head.position, mine)
      } catch (error) {
        if (mine !== run) return
        if (!(error instanceof AskError) || !error.isUnreachable) {
          refused(error)
          return
        }
        const ms = delayMs(failures, RETRY)
        keeper.lost(error.message, new Date(Date.now() + ms))
        await wait(ms).over
      }
    }
  }

  async function followAfter(cursor: string, position: number, mine: number): Promise<void> {
    let after = cursor
    let known = position
    let gathered: ChangeFields[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    let shownAt = Number.NEGATIVE_INFINITY
    const take = () => {
      shownAt = performance.now()
      clearTimeout(timer)
      timer = undefined
      const taken = gathered
      gathered = []
      return taken
    }
    const arrive = () => {
      const changes = take()
      if (mine === run && changes.length > 0) sink.arrived(changes, null)
    }
    // What comes while the page catches up is shown together: whoever looks must see what it was that was missed.
    const show = () => {
      const from = keeper.offlineSince
      const changes = take()
      keeper.live(changes.length)
      if (changes.length > 0) sink.arrived(changes, from && { from, until: new Date() })
    }
    while (mine === run) {
      const followed = follow<ChangeFields>({
        ...{ url, query: stringifyDocument(Arriving), after, silenceMs: SILENCE_MS, retry: RETRY },
        variables: { filter: untrack(filter) },
        onCursor: () => feed === followed && mine === run && sink.moved(followed.contiguity.upTo ?? 0),
        connectionParams: () => untrack(credentials) as Record<string, unknown>,
        onState(state) {
          if (feed !== followed || mine !== run) return
          if (state.is === 'live') show()
          else keeper.told(state)
        },
      })
      feed = followed
      try {
        for await (const change of followed) {
          // The one that was in hand when the connection was given up comes again.
          if (change.position <= known) continue
          known = change.position
          gathered.push(change)
          const isBurst = performance.now() - shownAt < 2 * BURST_MS
          if (keeper.connection().is === 'live') timer ??= setTimeout(arrive, isBurst ? BURST_MS : GATHER_MS)
          else keeper.progress(followed.state.behind)
        }
      } catch (error) {
        if (mine === run) refused(error)
        return
      }
      after = followed.cursor ?? after
    }
  }

  function refused(error: unknown): void {
    // Another record stands there now, such as a backup: what is shown is not of it.
    if (error instanceof FollowRefused && error.head !== null) {
      start()
      return
    }
    const code = error instanceof FollowRefused || error instanceof AskError ? error.code : null
    keeper.refused(error instanceof Error ? error.message : String(error), code)
  }

  function start(): void {
    run++
    void feed?.close()
    // What stands in the page is of another question until the first answer to this one.
    keeper.connecting()
    void begin(run)
  }

  createEffect(on([key, filter], start))
  onWake((asleepSince) => {
    if (keeper.connection().is === 'refused') return
    keeper.lost('This computer was asleep.', null, asleepSince)
    // The loop goes on with another connection.
    void feed?.close()
  })
  onCleanup(() => {
    run++
    void feed?.close()
  })
  return keeper.connection
}
