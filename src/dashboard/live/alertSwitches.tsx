import { createSignal, onCleanup, Show } from 'solid-js'
import { type AlertName, alerts, canNotify, switchAlert } from './alerts.ts'

/** Switches for being told of arrivals. */
export function AlertSwitches() {
  const isHeard = createTouched()
  return (
    <fieldset class="switches">
      <legend class="unseen">Tell me of arrivals by</legend>
      <AlertSwitch name="sound" label={alerts().sound && !isHeard() ? 'Sound, once you click here' : 'Sound'} />
      <Show when={canNotify}>
        <AlertSwitch name="notification" label="Notification" />
      </Show>
    </fieldset>
  )
}

function AlertSwitch(props: { name: AlertName; label: string }) {
  const [isRefused, setRefused] = createSignal(false)
  return (
    <label>
      <input
        type="checkbox"
        checked={alerts()[props.name]}
        onChange={async ({ currentTarget }) => {
          const isWanted = currentTarget.checked
          await switchAlert(props.name, isWanted)
          const isOn = alerts()[props.name]
          setRefused(isWanted && !isOn)
          currentTarget.checked = isOn
        }}
      />
      {props.label}
      <span role="status">{isRefused() ? ': this browser refuses it' : ''}</span>
    </label>
  )
}

/** Whether the reader has done anything on this page yet: before that browsers keep it silent. */
function createTouched() {
  const [isTouched, setTouched] = createSignal(navigator.userActivation?.hasBeenActive ?? true)
  const look = () => setTouched(navigator.userActivation?.hasBeenActive ?? true)
  const signs = ['pointerup', 'keydown'] as const
  for (const sign of signs) window.addEventListener(sign, look)
  onCleanup(() => {
    for (const sign of signs) window.removeEventListener(sign, look)
  })
  return isTouched
}
