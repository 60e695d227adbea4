import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { ViewLink } from '../viewLink.tsx'
import { When } from '../when.tsx'
import { capitalised, inWords } from '../words.ts'
import './dated.css'
import type { DatedFields } from './datedFields.ts'

/** Developments by their dates, to be read or heard instead of looked at. Each is an item for `j` and `k`. */
export function DatedList(props: { of: readonly DatedFields[]; label: string; withReason?: boolean }) {
  return (
    <ol class="dated" aria-label={props.label}>
      <For each={props.of}>
        {(development) => (
          <li class={`kind-${development.kind.toLowerCase()}`} data-item data-ref={development.ref} tabindex="-1">
            <When of={development.when} />
            <span class="marks">
              <span class="kind">{capitalised(development.kind)}</span>
              <Show when={development.status}>{(status) => inWords(status())}</Show>
            </span>
            <span class="headline">
              <ViewLink to={developmentAddress(development.ref)}>
                <bdi>{development.headline}</bdi>
              </ViewLink>
            </span>
            <Show when={props.withReason && development.when?.reason}>
              {(reason) => <span class="reason">{reason()}</span>}
            </Show>
          </li>
        )}
      </For>
    </ol>
  )
}
