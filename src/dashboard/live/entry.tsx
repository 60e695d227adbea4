import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { DevelopmentLine } from '../development/developmentLine.tsx'
import { dayInWords, momentInWords } from '../moment.ts'
import { ViewLink } from '../viewLink.tsx'
import { actionInWords } from './arrival.ts'
import type { ChangeFields } from './change.ts'
import { changedInWords } from './changed.ts'
import { urgencyOf } from './urgency.ts'

/** A change in the column: when it came, what it did and to which development. */
export function Entry(props: {
  change: ChangeFields
  /** Newer than what the page began with. */
  isArrival?: boolean
  /** The column has a newer change of the same development. */
  isOutdated?: boolean
  /** It is looked at from a past day, when nothing is urgent any more. */
  isPast?: boolean
  level?: 2 | 3
}) {
  const urgency = () => (props.isPast ? 'soon' : urgencyOf(props.change))
  return (
    <li
      class={`entry ${urgency()}`}
      classList={{ outdated: props.isOutdated === true, arrival: props.isArrival === true }}
      data-position={props.change.position}
    >
      <Show
        when={props.change.development}
        fallback={<p class="problem">{props.change.ref} changed, but could not be read.</p>}
      >
        {(development) => (
          <DevelopmentLine of={development()} level={props.level ?? 2} foot={<Changed change={props.change} />}>
            <span class="action">{actionInWords(props.change.action)}</span>
            <Show when={urgency() === 'now'}>
              <span class="urgent">Look now</span>
            </Show>
            <Show when={props.isOutdated}>
              <span class="newer">changed since, see above</span>
            </Show>
            <Show when={props.change.revision}>
              {(revision) => (
                <Show
                  when={props.isPast}
                  fallback={
                    <time class="recorded" datetime={revision().recordedAt} title="When it was recorded here">
                      {momentInWords(revision().recordedAt)}
                    </time>
                  }
                >
                  <time class="recorded" datetime={revision().knownAt} title="When it was publicly known">
                    {dayInWords(revision().knownAt)}
                  </time>
                </Show>
              )}
            </Show>
          </DevelopmentLine>
        )}
      </Show>
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
