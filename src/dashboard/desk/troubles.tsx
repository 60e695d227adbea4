import { For, Show } from 'solid-js'
import { counted } from '../words.ts'
import type { Place } from './jsonPlace.ts'
import type { Trouble } from './trouble.ts'

/** Why it was refused: each reason leads to its line. */
export function Troubles(props: {
  of: readonly (Trouble & { readonly place?: Place })[]
  show?: (place: Place) => void
}) {
  return (
    <Show when={props.of.length > 0}>
      <div class="problem troubles" role="alert">
        <p>
          <strong>Refused whole</strong>, for {counted(props.of.length, 'reason')}. Nothing was written; your text is as
          it was.
        </p>
        <ul>
          <For each={props.of}>
            {({ message, place }) => (
              <li>
                <Show when={place}>
                  {(at) => (
                    <button type="button" class="quiet" onClick={() => props.show?.(at())}>
                      Line {at().line}
                    </button>
                  )}
                </Show>{' '}
                <span dir="auto">{message}</span>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  )
}
