import { Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import type { DatedFields } from '../dated/datedFields.ts'
import { whenInWords } from '../moment.ts'
import { ViewLink } from '../viewLink.tsx'
import { capitalised } from '../words.ts'
import type { Place } from './layout.ts'
import type { UncertainSpan } from './span.ts'

/** A development in its lane: as long as it may have lasted, open where nothing bounds it. */
export function Mark(props: { of: DatedFields; span: UncertainSpan; place: Place }) {
  const reported = () => props.of.when?.asReported
  return (
    <li
      class="mark"
      classList={{
        exact: props.span.isExact,
        'open-from': props.span.from === null,
        'open-to': props.span.to === null,
      }}
      style={{ top: `${props.place.top}px` }}
      data-ref={props.of.ref}
    >
      <ViewLink to={developmentAddress(props.of.ref)}>
        <span
          class="bar"
          style={{ left: `${props.place.bar.left}px`, width: `${props.place.bar.width}px` }}
          aria-hidden="true"
        />
        <Show when={props.place.name} fallback={<span class="unseen">{props.of.headline}</span>}>
          {(name) => (
            <span
              class={`mark-name ${name().side}`}
              style={{ left: `${name().left}px`, width: `${name().width}px` }}
              title={`${capitalised(props.of.kind)}: ${props.of.headline}`}
            >
              <bdi>{props.of.headline}</bdi>
            </span>
          )}
        </Show>
        <span class="unseen">
          , {props.of.when ? whenInWords(props.of.when) : ''}
          {reported() ? `, “${reported()}”` : ''}
        </span>
      </ViewLink>
    </li>
  )
}
