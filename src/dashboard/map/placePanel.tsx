import { Show } from 'solid-js'
import { DatedList } from '../dated/datedList.tsx'
import { counted } from '../words.ts'
import { type PlaceOf, precisionInWords } from './place.ts'

/** What happened at the place that is pointed at or was chosen. */
export function PlacePanel(props: { of: PlaceOf | undefined; heading: (element: HTMLElement) => void }) {
  return (
    <section class="place-panel" aria-labelledby="place-title">
      <h2 id="place-title" tabindex="-1" ref={props.heading}>
        <bdi>{props.of?.place.name ?? 'No place'}</bdi>
      </h2>
      <Show when={props.of} fallback={<p class="count">No report tells where anything happened.</p>}>
        {(shown) => (
          <>
            <p class="count">
              {counted(shown().developments.length, 'development')}, {precisionInWords(shown().place)}
              <Show when={shown().place.within}>
                {(around) => (
                  <>
                    {' '}
                    (in: <bdi>{around().name}</bdi>)
                  </>
                )}
              </Show>
            </p>
            <DatedList of={shown().developments} label={`Developments: ${shown().place.name}`} />
          </>
        )}
      </Show>
    </section>
  )
}
