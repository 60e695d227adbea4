import { createSignal, For } from 'solid-js'
import { act } from '../server.ts'
import { MendForm } from './mendForm.tsx'
import type { Reports } from './reports.ts'
import { Split } from './severalFields.ts'
import { TextField } from './textField.tsx'

/** Says that a development is two events, and which reports tell of the other one. */
export function SplitForm(props: { development: string; reports: Reports['reports'] }) {
  const [ref, setRef] = createSignal('')
  const [headline, setHeadline] = createSignal('')
  const [chosen, setChosen] = createSignal<readonly string[]>([])
  const choose = (report: string, isChosen: boolean) =>
    setChosen((before) => (isChosen ? [...before, report] : before.filter((one) => one !== report)))
  return (
    <MendForm
      does="Split it"
      mend={async (reason, preview) => {
        const other = { ref: ref().trim(), headline: headline().trim(), reports: [...chosen()] }
        return (await act(Split, { input: { from: props.development, ...other, reason }, preview })).split
      }}
    >
      <fieldset class="choices">
        <legend>Reports that tell of the other event</legend>
        <For each={props.reports}>
          {(report) => (
            <label>
              <input
                type="checkbox"
                checked={chosen().includes(report.ref)}
                onChange={({ currentTarget }) => choose(report.ref, currentTarget.checked)}
              />
              <bdi>{report.name}</bdi>
            </label>
          )}
        </For>
      </fieldset>
      <TextField label="Ref of the other event, a new one" isRef value={ref()} onText={setRef} />
      <TextField label="What happened there" most={160} value={headline()} onText={setHeadline} />
    </MendForm>
  )
}
