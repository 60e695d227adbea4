import { For, onCleanup, Show } from 'solid-js'
import type { Answer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import type { ResultOf } from '../graphql.ts'
import { Problem } from '../problem.tsx'
import { HeldEntry } from './heldEntry.tsx'
import { HeldOnes } from './heldFields.ts'

/** How often it is looked whether another desk has held or changed one: the feed does not tell. */
const LOOK_MS = 15_000

/** What is under an embargo, the next one first. */
export function HeldList(props: {
  of: Answer<ResultOf<typeof HeldOnes>>
  ended: boolean
  onEnded: (ended: boolean) => void
}) {
  const timer = setInterval(() => !document.hidden && props.of.again(), LOOK_MS)
  onCleanup(() => clearInterval(timer))
  const edges = () => props.of.data()?.heldDispatches.edges ?? []
  const before = (i: number) => edges()[i - 1]?.cursor ?? null
  const ids = () => edges().map(({ node }) => node.id)
  return (
    <section class="part" aria-labelledby="held">
      <header class="part-head">
        <h2 id="held">Under embargo</h2>
        <AsGraphql document={HeldOnes} variables={{ ended: props.ended }} />
        <label class="switches">
          <input
            type="checkbox"
            checked={props.ended}
            onChange={({ currentTarget }) => props.onEnded(currentTarget.checked)}
          />
          Also released and discarded ones
        </label>
      </header>
      <Problem of={props.of} />
      <Show when={props.of.data() && edges().length === 0}>
        <p class="pending">Nothing is held.</p>
      </Show>
      <ol class="cards">
        <For each={ids()}>
          {(id, i) => (
            <Show when={edges().find(({ node }) => node.id === id)?.node}>
              {(held) => (
                <HeldEntry of={held()} after={() => before(i())} ended={props.ended} onChanged={props.of.again} />
              )}
            </Show>
          )}
        </For>
      </ol>
      <Show when={props.of.data()?.heldDispatches.pageInfo.hasNextPage}>
        <p class="count">The next {edges().length}; there are more.</p>
      </Show>
    </section>
  )
}
