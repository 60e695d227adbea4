import { createSignal, Show } from 'solid-js'
import { act } from '../server.ts'
import { CorrectForm } from './correctForm.tsx'
import { Reinstate, Retract } from './mendFields.ts'
import { MendForm } from './mendForm.tsx'
import './desk.css'

/** What the desk may do with a development, on its page. */
export default function MendTools(props: {
  of: { readonly __typename: string; readonly ref: string; readonly mergedInto?: string | null }
}) {
  const [isCorrecting, setCorrecting] = createSignal(false)
  const isGone = () => props.of.__typename === 'Tombstone'
  return (
    <section class="mend" aria-label="Desk tools">
      <Show
        when={!isGone()}
        fallback={
          <Show when={!props.of.mergedInto}>
            <details>
              <summary>Reinstate</summary>
              <MendForm
                does="Give it back to readers"
                mend={async (reason, preview) =>
                  (await act(Reinstate, { input: { ref: props.of.ref, reason }, preview })).reinstate
                }
              />
            </details>
          </Show>
        }
      >
        <details onToggle={({ currentTarget }) => currentTarget.open && setCorrecting(true)}>
          <summary>Correct</summary>
          <Show when={isCorrecting()}>
            <CorrectForm development={props.of.ref} />
          </Show>
        </details>
        <details>
          <summary>Retract</summary>
          <MendForm
            does="Retract it"
            mend={async (reason, preview) =>
              (await act(Retract, { input: { ref: props.of.ref, reason }, preview })).retract
            }
          >
            <p>
              Its content is withheld from everybody, at every viewpoint; a tombstone with your reason stays in its
              place.
            </p>
          </MendForm>
        </details>
      </Show>
    </section>
  )
}
