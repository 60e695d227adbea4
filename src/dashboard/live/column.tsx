import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { momentInWords } from '../moment.ts'
import { counted } from '../words.ts'
import { Entry } from './entry.tsx'
import { useFeed } from './feedContext.ts'
import { useLiveFilter } from './filter.ts'
import { MoreBelow } from './moreBelow.tsx'
import { countChanges, newestRows, type Row } from './rows.ts'

/**
 * How many changes are drawn at first, and how many more each time that the reader comes to the end: what a burst costs
 * hangs on them, not on how much comes.
 */
const DRAWN = 30

/** The live column: what has arrived, newest first, with what waits above it. */
export function Column() {
  const feed = useFeed()
  // There is none while the record is empty.
  let list: HTMLOListElement | undefined
  const [drawn, setDrawn] = createSignal(DRAWN)
  const shown = createMemo(() => newestRows(feed.rows(), drawn()))
  const all = createMemo(() => countChanges(feed.rows()))
  // What was missed is one row, however much it was: of the last row only as much is drawn as there is to be.
  const drawnOf = (row: Row) => {
    const rows = shown()
    return row === rows.at(-1) ? drawn() - countChanges(rows.slice(0, -1)) : row.changes.length
  }
  const isReading = () =>
    window.scrollY > 4 ||
    list?.contains(document.activeElement) === true ||
    window.getSelection()?.isCollapsed === false
  // What was drawn for who went far down is let go when nobody is there any more.
  const forget = () => {
    if (!isReading()) setDrawn(DRAWN)
  }
  onMount(() => {
    feed.readWith(isReading)
    window.addEventListener('scroll', forget, { passive: true })
  })
  onCleanup(() => {
    feed.readWith(undefined)
    window.removeEventListener('scroll', forget)
  })

  const release = () => {
    setDrawn(DRAWN)
    feed.release()
    window.scrollTo({ top: 0 })
    // Not into the column: whoever stands in it is taken to be reading.
    document.querySelector('main')?.focus({ preventScroll: true })
  }
  const more = async () => {
    if (drawn() >= all()) await feed.loadOlder()
    setDrawn((count) => Math.max(count, Math.min(all(), count + DRAWN)))
  }
  return (
    <>
      <Show when={countChanges(feed.held())}>
        {(count) => (
          <p class="arrivals">
            <button type="button" data-arrivals onClick={release}>
              {count()} new
            </button>
          </p>
        )}
      </Show>
      <Show when={feed.rows().length > 0} fallback={<Empty />}>
        <ol class="column" ref={list}>
          <For each={shown()}>{(row) => <RowOf row={row} most={drawnOf(row)} />}</For>
        </ol>
        <MoreBelow isThere={drawn() < all() || feed.hasOlder()} more={more} />
      </Show>
    </>
  )
}

function RowOf(props: { row: Row; most: number }) {
  const { newest } = useFeed()
  const entries = () => (
    <For each={props.row.changes.slice(0, props.most)}>
      {(change) => (
        <Entry
          change={change}
          isOutdated={(newest().get(change.ref) ?? 0) > change.position}
          isArrival={props.row.isArrival}
          level={props.row.missed ? 3 : 2}
        />
      )}
    </For>
  )
  return (
    <Show when={props.row.missed} fallback={entries()}>
      {(missed) => (
        <li class="missed">
          <h2>
            Missed while offline, {momentInWords(missed().from)} to {momentInWords(missed().until)}:{' '}
            {counted(props.row.changes.length, 'change')}
          </h2>
          <ol>{entries()}</ol>
        </li>
      )}
    </Show>
  )
}

function Empty() {
  const { connection } = useFeed()
  const { filter } = useLiveFilter()
  return (
    <p class="pending">
      {connection().is !== 'live'
        ? 'Nothing has come from the server yet.'
        : filter() === null
          ? 'The record is empty. What is ingested appears here at once.'
          : 'Nothing matches. What does appears here at once.'}
    </p>
  )
}
