import { createSignal, lazy, Show, Suspense, untrack } from 'solid-js'
import { AsGraphql } from '../asGraphql.tsx'
import { KindFilter } from '../kindFilter.tsx'
import { dayInWords } from '../moment.ts'
import { OneOf } from '../oneOf.tsx'
import { statuses } from '../status.ts'
import { useTitle } from '../title.ts'
import { endOf, useViewpoint } from '../viewpoint.ts'
import { AlertSwitches } from './alertSwitches.tsx'
import { AsOfDay, Latest } from './change.ts'
import { Column } from './column.tsx'
import { useFeed } from './feedContext.ts'
import { useLiveFilter } from './filter.ts'
import { PAGE } from './follower.ts'
import { PastColumn } from './pastColumn.tsx'
import { countChanges } from './rows.ts'
import '../style/wide.css'
import './live.css'

// Where there is room for it beside the column, it stands there.
const WIDE = '(width >= 70rem)'

const Glance = lazy(() => import('./glance.tsx'))

/** Developments as they arrive or, of a past day, as they stood then. */
export function LiveView() {
  const { day, choose } = useViewpoint()
  const { held } = useFeed()
  const { kind, status, filter } = useLiveFilter()
  useTitle(() => (day() === null ? 'Live' : `As of ${dayInWords(day() as string)}`))
  return (
    <section class="view live" aria-labelledby="live-title">
      <header class="view-head">
        <h1 id="live-title">{day() === null ? 'Live' : `The record at the end of ${dayInWords(day() as string)}`}</h1>
        <Show when={day()} fallback={<AsGraphql document={Latest} variables={{ first: PAGE, filter: filter() }} />}>
          {(chosen) => (
            <AsGraphql document={AsOfDay} variables={{ asOf: endOf(chosen()), first: PAGE, filter: filter() }} />
          )}
        </Show>
        <Show when={day() === null}>
          <AlertSwitches />
        </Show>
      </header>
      <AtAGlance />
      <div class="live-column">
        <details class="narrowing" open={untrack(filter) !== null}>
          <summary>{filter() === null ? 'Show only some' : 'Showing only some'}</summary>
          <KindFilter choice={kind}>
            <OneOf label="Status" choice={status} words={statuses} />
          </KindFilter>
        </details>
        <Show when={day() !== null} fallback={<Column />}>
          <Show when={countChanges(held()) > 0}>
            <p class="notice">
              {countChanges(held())} new since you look at the past, held back.{' '}
              <button type="button" data-arrivals onClick={() => choose(null)}>
                Back to now
              </button>
            </p>
          </Show>
          <PastColumn day={day() as string} />
        </Show>
      </div>
    </section>
  )
}

/** The process in a few lines, asked for when it is open. */
function AtAGlance() {
  const [isOpen, setOpen] = createSignal(window.matchMedia(WIDE).matches)
  return (
    <details class="glance" open={isOpen()} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h2>At a glance</h2>
      </summary>
      <Suspense>
        <Show when={isOpen()}>
          <Glance />
        </Show>
      </Suspense>
    </details>
  )
}
