import { type AlertName, alerts, switchAlert } from './alerts.ts'

/** Switches for being told of arrivals. */
export function AlertSwitches() {
  return (
    <fieldset class="switches">
      <legend class="unseen">Tell me of arrivals by</legend>
      <AlertSwitch name="sound" label="Sound" />
      <AlertSwitch name="notification" label="Notification" />
    </fieldset>
  )
}

function AlertSwitch(props: { name: AlertName; label: string }) {
  return (
    <label>
      <input
        type="checkbox"
        checked={alerts()[props.name]}
        onChange={async ({ currentTarget }) => {
          await switchAlert(props.name, currentTarget.checked)
          // The browser may have refused.
          currentTarget.checked = alerts()[props.name]
        }}
      />
      {props.label}
    </label>
  )
}
