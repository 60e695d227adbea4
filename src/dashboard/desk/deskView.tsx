import { createSignal, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { useTitle } from '../title.ts'
import { viewer } from '../viewer.ts'
import { DispatchForm } from './dispatchForm.tsx'
import { HeldOnes } from './heldFields.ts'
import { HeldList } from './heldList.tsx'
import '../process/process.css'
import './desk.css'

/** Where dispatches are brought in and held back, for whoever may. */
export default function DeskView() {
  useTitle(() => 'Desk')
  const [ended, setEnded] = createSignal(false)
  const held = createAnswer(HeldOnes, () => (viewer()?.mayEdit ? { ended: ended() } : null))
  return (
    <section class="view desk" aria-labelledby="desk-title">
      <header class="view-head">
        <h1 id="desk-title">Desk</h1>
        <p class="count">
          <Show when={viewer()} fallback="The server has not said who you are.">
            {(who) => (
              <>
                You are <bdi>{who().name}</bdi>, with the role {who().role.toLowerCase()}.
              </>
            )}
          </Show>
        </p>
      </header>
      <Show
        when={viewer()?.mayIngest}
        fallback={
          <p class="problem">
            Bringing dispatches in takes the role ingest or desk: give a key that has it above (Key).
          </p>
        }
      >
        <section class="part" aria-labelledby="take-in">
          <header class="part-head">
            <h2 id="take-in">Bring a dispatch in</h2>
          </header>
          <DispatchForm mayHold={viewer()?.mayEdit === true} onTaken={held.again} />
        </section>
        <Show when={viewer()?.mayEdit}>
          <HeldList of={held} ended={ended()} onEnded={setEnded} />
        </Show>
      </Show>
    </section>
  )
}
