import { For, Show } from 'solid-js'
import { graphql } from '../graphql.ts'

/** What naming somebody who takes part needs. */
export const PartNamed = graphql(`
  fragment PartNamed on Participation @_unmask { actor { name } onBehalfOf { name } }
`)

interface Named {
  readonly actor: { readonly name: string }
  readonly onBehalfOf: { readonly name: string } | null
}

/** Who takes part, and for whom: "Charles Michel (European Union), Russia". */
export function Parties(props: { of: readonly Named[] }) {
  return (
    <For each={props.of}>
      {({ actor, onBehalfOf }, i) => (
        <>
          {i() > 0 ? ', ' : ''}
          <bdi>{actor.name}</bdi>
          <Show when={onBehalfOf && onBehalfOf.name !== actor.name}>
            {' '}
            (<bdi>{onBehalfOf?.name}</bdi>)
          </Show>
        </>
      )}
    </For>
  )
}
