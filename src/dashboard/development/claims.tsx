import { For, Show } from 'solid-js'
import { capitalised, counted, inWords } from '../words.ts'
import { type AspectTold, aspectsTold } from './aspectsTold.ts'
import type { ClaimsFields } from './claimFields.ts'

const relations = { CONTRADICTS: 'they cannot all be true', DIFFERS: 'told differently' }

/** What each report claims, aspect by aspect, side by side; what is told differently first. */
export function Claims(props: { of: ClaimsFields }) {
  const aspects = () => aspectsTold(props.of)
  return (
    <Show when={aspects().length > 0}>
      <h2>Claims</h2>
      <ul class="claims">
        <For each={aspects()}>{(aspect) => <Aspect of={aspect} />}</For>
      </ul>
    </Show>
  )
}

function Aspect(props: { of: AspectTold }) {
  return (
    <li class="claimed">
      <h3>
        {capitalised(props.of.aspect)} <span class="claim-key">{props.of.key}</span>{' '}
        <Show when={props.of.relation}>{(relation) => <span class="disagree">{relations[relation()]}</span>}</Show>
      </h3>
      <ul class="sides">
        <For each={props.of.sides}>
          {({ text, isDenied, isStanding, sourceCount, tellers, ranked }) => (
            <li classList={{ standing: isStanding }}>
              <p class="side">
                {isDenied ? 'Not: ' : ''}
                <bdi>{text}</bdi>
              </p>
              <p class="facts">
                <span class="tellers">{tellers.join(', ')}</span>
                <span class="source-count" classList={{ single: sourceCount < 2 }}>
                  {counted(sourceCount, 'independent source')}
                </span>
                <Show when={isStanding}>
                  <span>the record holds this</span>
                </Show>
                <Show when={ranked}>{(rank) => <span>{inWords(rank())}</span>}</Show>
              </p>
            </li>
          )}
        </For>
      </ul>
    </li>
  )
}
