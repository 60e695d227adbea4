import type { DocumentInput } from '@urql/core'
import { type JSX, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { Problem } from '../problem.tsx'
import { useViewpoint } from '../viewpoint.ts'

/** A part of the view with a question of its own about the process: what it asks can be opened beside its heading. */
export function Part<Data extends object>(props: {
  id: string
  title: string
  question: DocumentInput<Data, { process: string; asOf?: string | null }>
  process: string
  children: (data: () => Data) => JSX.Element
}) {
  const { asOf } = useViewpoint()
  const variables = () => ({ process: props.process, asOf: asOf() })
  const answer = createAnswer(props.question, variables)
  return (
    <section class="part" aria-labelledby={props.id} aria-busy={answer.isAsking()}>
      <header class="part-head">
        <h2 id={props.id}>{props.title}</h2>
        <AsGraphql document={props.question} variables={variables()} />
      </header>
      <Problem of={answer} />
      <Show when={answer.data()} fallback={<p class="pending">Loading …</p>}>
        {(data) => props.children(data)}
      </Show>
    </section>
  )
}
