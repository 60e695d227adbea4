import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { DevelopmentLine } from '../development/developmentLine.tsx'
import { momentInWords } from '../moment.ts'
import { ViewLink } from '../viewLink.tsx'
import { actionInWords } from './arrival.ts'
import type { ChangeFields } from './change.ts'
import { changedInWords } from './changed.ts'
import { urgencyOf } from './urgency.ts'

/** A change in the column: when it came, what it did and to which development. */
export function Entry(props: { change: ChangeFields; isOutdated: boolean; level?: 2 | 3 }) {
  const urgency = () => urgencyOf(props.change)
  return (
    <li class={`entry ${urgency()}`} classList={{ outdated: props.isOutdated }} data-position={props.change.position}>
      <Show
        when={props.change.development}
        fallback={<p class="problem">{props.change.ref} changed, but could not be read.</p>}
      >
        {(development) => (
          <DevelopmentLine of={development()} level={props.level ?? 2}>
            <span class={`action action-${props.change.action.toLowerCase()}`}>
              {actionInWords(props.change.action)}
            </span>
            <Show when={urgency() === 'now'}>
              <span class="urgent">Look now</span>
            </Show>
            <Show when={props.isOutdated}>
              <span class="newer">changed since, see above</span>
            </Show>
            <Show when={props.change.revision}>
              {(revision) => (
                <time class="recorded" datetime={revision().recordedAt} title="When it was recorded here">
                  {momentInWords(revision().recordedAt)}
                </time>
              )}
            </Show>
          </DevelopmentLine>
        )}
      </Show>
      <Changed change={props.change} />
    </li>
  )
}

/** Of anything but what is new: what changed, by whose report, and why. */
function Changed(props: { change: ChangeFields }) {
  const words = () =>
    props.change.action === 'CREATED' ? [] : changedInWords(props.change.revision?.changes ?? []).slice(0, 6)
  const by = () => props.change.revision?.report?.outlet?.name ?? props.change.revision?.report?.ref
  return (
    <>
      <Show when={words().length > 0 || props.change.revision?.reason}>
        <p class="changed">
          <For each={words()}>{(word) => <span class="change">{word}</span>}</For>
          <Show when={by()}>{(name) => <span>by {name()}</span>}</Show>
          <Show when={props.change.revision?.reason}>{(reason) => <span>Reason: {reason()}</span>}</Show>
        </p>
      </Show>
      <Show when={props.change.mergedInto}>
        {(into) => (
          <p class="changed">
            It is the same as <ViewLink to={developmentAddress(into().ref)}>{into().headline}</ViewLink>
          </p>
        )}
      </Show>
    </>
  )
}
