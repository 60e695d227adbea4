import { createSignal, For } from 'solid-js'
import { act } from '../server.ts'
import { MendForm } from './mendForm.tsx'
import type { Reports } from './reports.ts'
import { RetractReport } from './severalFields.ts'

/** Takes one of the reports back that tell of a development, wherever else it is cited. */
export function RetractReportForm(props: { reports: Reports['reports'] }) {
  const [chosen, setChosen] = createSignal('')
  const report = () => chosen() || props.reports[0]?.ref || ''
  return (
    <MendForm
      does="Take it back"
      mend={async (reason, preview) =>
        (await act(RetractReport, { input: { report: report(), reason }, preview })).retractReport
      }
    >
      <p>
        Everything that it claims, here and elsewhere, stays visible with your reason and counts for nothing; what only
        it told is retracted.
      </p>
      <label class="field">
        Which report
        <select value={report()} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          <For each={props.reports}>{({ ref, name }) => <option value={ref}>{name}</option>}</For>
        </select>
      </label>
    </MendForm>
  )
}
