import { createMemo, For, Show } from 'solid-js'
import type { DatedFields } from '../dated/datedFields.ts'
import { layOut } from './layout.ts'
import { Mark } from './mark.tsx'
import type { UncertainSpan } from './span.ts'

/** A development with the span within which it was. */
export interface Placed {
  readonly development: DatedFields
  readonly span: UncertainSpan
}

/** Of a name's letters, in pixels: enough to lay them out; what does not fit is cut. */
const LETTER = 7.2
const LONGEST = 420

/** The developments of one kind, one beside and below the other. */
export function Lane(props: {
  name: string
  class: string
  of: readonly Placed[]
  x: (moment: number) => number
  width: number
}) {
  const byRef = createMemo(() => new Map(props.of.map((placed) => [placed.development.ref, placed])))
  const items = createMemo(() =>
    props.of.map(({ development: { ref, headline }, span }) => ({
      ...{ ref, span },
      nameWidth: Math.min(LONGEST, props.width / 2, headline.length * LETTER + 16),
    })),
  )
  const lane = createMemo(() => layOut(items(), props.x, props.width))
  // By ref, so that a mark stays the same element while it moves, and keeps the focus.
  const refs = () => [...byRef().keys()].filter((ref) => lane().places.has(ref))
  return (
    <Show when={refs().length > 0 || lane().left > 0}>
      <div class={`lane ${props.class}`}>
        <p class="lane-name">
          <span class="kind">{props.name}</span>{' '}
          <Show when={lane().left > 0}>
            <span class="count">{lane().left} more, drawn when you look closer</span>
          </Show>
        </p>
        <ul aria-label={props.name} style={{ height: `${lane().height}px` }}>
          <For each={refs()}>
            {(ref) => (
              <Show when={byRef().get(ref)}>
                {(placed) => (
                  <Show when={lane().places.get(ref)}>
                    {(place) => <Mark of={placed().development} span={placed().span} place={place()} />}
                  </Show>
                )}
              </Show>
            )}
          </For>
        </ul>
      </div>
    </Show>
  )
}
