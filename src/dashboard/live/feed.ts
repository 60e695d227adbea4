import { type Accessor, batch, createMemo, createSignal, onCleanup } from 'solid-js'
import { announce } from '../announcer.tsx'
import { AskError } from '../server.ts'
import { setWaiting } from '../title.ts'
import { alertOf } from './alerts.ts'
import { arrivalInWords } from './arrival.ts'
import type { ChangeFields } from './change.ts'
import type { Connection } from './connection.ts'
import type { LiveFilter } from './filter.ts'
import { askLatest, followFeed, type Older, type Sink } from './follower.ts'
import { countChanges, newestPositions, newestRows, type Row, rowOf, rowsOf } from './rows.ts'

/** How many changes the page holds at the most: a long day of news. */
const MOST = 5000

/** The feed as the page has it: what the live column shows, and what every view may know of the connection. */
export interface PageFeed {
  readonly connection: Accessor<Connection>
  /** The position up to which the record is known here; it moves with the record, so that views ask again. */
  readonly position: Accessor<number>
  /** What is shown, newest first. */
  readonly rows: Accessor<readonly Row[]>
  /** What has arrived and is held back. */
  readonly held: Accessor<readonly Row[]>
  /** Of each development the newest position that is shown. */
  readonly newest: Accessor<ReadonlyMap<string, number>>
  readonly hasOlder: Accessor<boolean>
  /** Shows what was held back. */
  release(): void
  loadOlder(): Promise<void>
  /** Says whether somebody is reading, so that nothing may move; undefined: nobody does. */
  readWith(isReading: (() => boolean) | undefined): void
}

/**
 * Opens the feed, once a page.
 * @param isPast whether a past day is looked at: then nothing new is shown
 * @param filter what of it is shown
 */
export function openFeed({ isPast, filter }: { isPast: () => boolean; filter: () => LiveFilter }): PageFeed {
  const [rows, setRows] = createSignal<readonly Row[]>([])
  const [held, setHeld] = createSignal<readonly Row[]>([])
  const [older, setOlder] = createSignal<Older | null>(null)
  const [position, setPosition] = createSignal(0)
  let isReading: (() => boolean) | undefined
  let unseen = 0
  let isLoading = false

  const show = (arrived: readonly Row[]) => {
    const all = [...arrived, ...rows()]
    const kept = newestRows(all, MOST)
    // The list behind them goes on elsewhere: whoever wants those loads the page anew.
    if (kept.length < all.length) setOlder(null)
    setRows(kept)
  }
  const count = () => {
    if (!document.hidden) unseen = 0
    setWaiting(Math.max(unseen, countChanges(held())))
  }
  document.addEventListener('visibilitychange', count)
  onCleanup(() => document.removeEventListener('visibilitychange', count))

  const sink: Sink = {
    begin(changes, before, head) {
      batch(() => {
        setRows(changes.map(rowOf))
        setHeld([])
        setOlder(before)
        setPosition(head)
      })
      count()
    },
    arrived(changes, missed) {
      const arrived = rowsOf(changes, missed)
      const last = changes.at(-1) as ChangeFields
      batch(() => {
        if (isPast() || isReading?.()) setHeld((before) => newestRows([...arrived, ...before], MOST))
        else show(arrived)
        sink.moved(last.position)
      })
      unseen += changes.length
      count()
      const words = arrivalInWords(changes, missed, countChanges(held()))
      announce(words)
      alertOf(words)
    },
    moved: (to) => setPosition((before) => Math.max(before, to)),
  }
  const connection = followFeed(sink, filter)

  return {
    ...{ connection, position, rows, held },
    newest: createMemo(() => newestPositions(rows())),
    hasOlder: () => older() !== null,
    release() {
      batch(() => {
        show(held())
        setHeld([])
      })
      count()
    },
    async loadOlder() {
      const before = older()
      if (before === null || isLoading) return
      isLoading = true
      try {
        const next = await askLatest(filter(), before)
        if (older() !== before) return
        setRows((shown) => [...shown, ...next.changes.map(rowOf)])
        setOlder(next.older)
      } catch (error) {
        // That the server is away is said by the connection's state; whoever scrolls on asks again.
        if (!(error instanceof AskError)) throw error
      } finally {
        isLoading = false
      }
    },
    readWith(asked) {
      isReading = asked
    },
  }
}
