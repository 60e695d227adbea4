import { Show } from 'solid-js'

/** Says that a list is not all of it, if it is not. */
export function FirstOf(props: { list: { readonly totalCount: number; readonly nodes: readonly unknown[] } }) {
  return (
    <Show when={props.list.totalCount > props.list.nodes.length}>
      <p class="count">
        The first {props.list.nodes.length} of {props.list.totalCount}
      </p>
    </Show>
  )
}
