import { type JSX, Show } from 'solid-js'
import type { Answer } from '../answer.ts'
import { Problem } from '../problem.tsx'

/** A part of the view with a question of its own: what it asks can be opened beside its heading. */
export function Part<Data>(props: {
  id: string
  title: string
  of: Answer<Data>
  question: JSX.Element
  children: (data: () => NonNullable<Data>) => JSX.Element
}) {
  return (
    <section class="part" aria-labelledby={props.id} aria-busy={props.of.isAsking()}>
      <header class="part-head">
        <h2 id={props.id}>{props.title}</h2>
        {props.question}
      </header>
      <Problem of={props.of} />
      <Show when={props.of.data()} fallback={<p class="pending">Loading …</p>}>
        {(data) => props.children(data as () => NonNullable<Data>)}
      </Show>
    </section>
  )
}
