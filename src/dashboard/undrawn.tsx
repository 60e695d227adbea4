import { Show } from 'solid-js'

/** Says that not all developments are drawn, where there are too many. */
export function Undrawn(props: { of: { readonly totalCount: number; readonly nodes: readonly unknown[] } }) {
  return (
    <Show when={props.of.totalCount > props.of.nodes.length}>
      <p class="problem">
        Only the first {props.of.nodes.length} of {props.of.totalCount} developments are drawn. Choose kinds above to
        see the others.
      </p>
    </Show>
  )
}
