import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { DatedList } from '../dated/datedList.tsx'
import { graphql } from '../graphql.ts'
import { KindFilter, useKindFilter } from '../kindFilter.tsx'
import { Problem } from '../problem.tsx'
import '../style/wide.css'
import { useTitle } from '../title.ts'
import { Undrawn } from '../undrawn.tsx'
import { askWhole } from '../whole.ts'
import { counted } from '../words.ts'
import './map.css'
import { placesOf } from './place.ts'
import { Placed } from './placedFields.ts'
import { PlacePanel } from './placePanel.tsx'
import { PlaceTable } from './placeTable.tsx'
import { WorldMap } from './worldMap.tsx'

const Places = graphql(
  `
  query Places($filter: DevelopmentFilter, $after: String, $at: FeedCursor, $asOf: DateTime) {
    developments(filter: $filter, first: 100, after: $after, at: $at, asOf: $asOf) {
      totalCount
      feedCursor
      pageInfo { hasNextPage endCursor }
      nodes { ...Placed }
    }
  }
`,
  [Placed],
)

/** Where things happened, as exactly as it is known. */
export default function MapView() {
  const [parameters, setParameters] = useSearchParams<{ place?: string }>()
  const { choice, variables } = useKindFilter()
  const answer = createAnswer(Places, variables, askWhole)
  const found = () => answer.data()?.developments
  const places = createMemo(() => placesOf(found()?.nodes ?? []))
  const elsewhere = createMemo(() => (found()?.nodes ?? []).filter(({ place }) => place === null))

  // Pointing looks at a place, opening keeps it; what was looked at last stays until then, to be read. At first it
  // is the place of most developments.
  const [pointed, setPointed] = createSignal<string>()
  const [last, setLast] = createSignal<string>()
  const point = (ref: string | undefined) => {
    setPointed(ref)
    if (ref !== undefined) setLast(ref)
  }
  const shown = () => pointed() ?? parameters.place ?? last()
  let heading!: HTMLElement
  const select = (ref: string) => {
    setParameters({ place: ref }, { scroll: false })
    heading.focus()
  }
  useTitle(() => 'Map')
  return (
    <section class="view wide" aria-labelledby="map-title">
      <header class="view-head">
        <h1 id="map-title">Map</h1>
        <AsGraphql document={Places} variables={variables()} />
      </header>
      <KindFilter choice={choice} />
      <Problem of={answer} />
      <Show when={found()} fallback={<p class="pending">Loading …</p>}>
        {(page) => (
          <>
            <div class="map-and-panel">
              <WorldMap of={places()} selected={parameters.place} onPoint={point} onSelect={select} />
              <PlacePanel
                of={places().find(({ place }) => place.ref === shown()) ?? places()[0]}
                heading={(element) => {
                  heading = element
                }}
              />
            </div>
            <Undrawn of={page()} />
            <h2>As a table</h2>
            <PlaceTable of={places()} />
            <Show when={elsewhere().length > 0}>
              <h2>Place not told</h2>
              <details>
                <summary>{counted(elsewhere().length, 'development')} of which no report tells where</summary>
                <DatedList of={elsewhere()} label="Place not told" />
              </details>
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}
