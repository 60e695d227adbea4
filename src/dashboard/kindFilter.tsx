import { createMemo, For, type JSX } from 'solid-js'
import { type Choice, codesOf, useChoice } from './choice.ts'
import { type Kind, kinds } from './kind.ts'
import { useViewpoint } from './viewpoint.ts'

/** The kinds that a view shows, chosen in its address, and what a list of developments is asked with for them. */
export function useKindFilter() {
  const { asOf } = useViewpoint()
  const choice = useChoice('kind', codesOf(kinds))
  const variables = createMemo(() => ({
    filter: choice.chosen().length === 0 ? null : { kind: [...choice.chosen()] },
    asOf: asOf(),
  }))
  return { choice, variables }
}

/** Chooses some of the kinds; none chosen is all of them. What else is chosen stands beside them. */
export function KindFilter(props: { choice: Choice<Kind>; children?: JSX.Element }) {
  const toggle = (kind: Kind, isChosen: boolean) => {
    const others = props.choice.chosen().filter((other) => other !== kind)
    props.choice.choose(isChosen ? [...others, kind] : others)
  }
  return (
    <search class="filters">
      <fieldset class="some-of">
        <legend>Only</legend>
        <For each={codesOf(kinds)}>
          {(kind) => (
            <label class={`filter kind-${kind.toLowerCase()}`}>
              <input
                type="checkbox"
                checked={props.choice.chosen().includes(kind)}
                onChange={({ currentTarget: { checked } }) => toggle(kind, checked)}
              />
              {kinds[kind]}
            </label>
          )}
        </For>
      </fieldset>
      {props.children}
    </search>
  )
}
