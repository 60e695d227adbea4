import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { developmentAddress } from '../addresses.ts'
import { ViewLink } from '../viewLink.tsx'
import { When } from '../when.tsx'
import { capitalised, counted, inWords } from '../words.ts'
import { Content } from './content.tsx'
import type { DevelopmentFields } from './lineFields.ts'
import { Sources } from './sources.tsx'

/**
 * A development as every view shows it: kind and status, headline, when and where, what it says or counts, and who says
 * so. It is an item for `j` and `k`. `children` stand above the headline, `foot` below the rest, such as what a change
 * did to it.
 */
export function DevelopmentLine(props: {
  of: DevelopmentFields
  class?: string
  /** Of its headline; null: that stands above it already. Unless given: 2. */
  level?: 2 | 3 | null
  children?: JSX.Element
  foot?: JSX.Element
}) {
  return (
    <article
      class={`line kind-${props.of.kind.toLowerCase()} ${props.class ?? ''}`}
      data-item
      data-ref={props.of.ref}
      tabindex="-1"
      aria-label={`${capitalised(props.of.kind)}: ${props.of.headline}`}
    >
      <p class="marks">
        <span class="kind">{capitalised(props.of.kind)}</span>
        <Show when={props.of.status}>
          {(status) => <span class={`status ${courseOf(status())}`}>{inWords(status())}</span>}
        </Show>
        {props.children}
      </p>
      <Show when={props.level !== null}>
        <Dynamic component={`h${props.level ?? 2}`} class="headline">
          <ViewLink to={developmentAddress(props.of.ref)}>
            <bdi>{props.of.headline}</bdi>
          </ViewLink>
        </Dynamic>
      </Show>
      <Content of={props.of} />
      <p class="facts">
        <When of={props.of.when} />
        <Show when={props.of.place}>{(place) => <span class="place">{place().name}</span>}</Show>
        <Sources of={props.of} />
        <Show when={props.of.disagreements.length > 0}>
          <span class="disagree">{counted(props.of.disagreements.length, 'disagreement')}</span>
        </Show>
      </p>
      {props.foot}
    </article>
  )
}

const ended = new Set([
  'CANCELLED',
  'POSTPONED',
  'FAILED',
  'LAPSED',
  'BROKEN',
  'WITHDRAWN',
  'STALLED',
  'EXPIRED',
  'ENDED',
])
const done = new Set(['HELD', 'CARRIED_OUT', 'FULFILLED', 'SIGNED', 'IN_FORCE', 'CONCLUDED'])

/** Whether it came about, came to nothing, or is still open; told by the word too, not by the colour alone. */
function courseOf(status: string): 'done' | 'ended' | 'open' {
  return done.has(status) ? 'done' : ended.has(status) ? 'ended' : 'open'
}

/** A list of lines. */
export function DevelopmentList(props: { of: readonly DevelopmentFields[]; label: string }) {
  return (
    <ol class="lines" aria-label={props.label}>
      <For each={props.of}>
        {(development) => (
          <li>
            <DevelopmentLine of={development} />
          </li>
        )}
      </For>
    </ol>
  )
}
