import { createSignal, type JSX, Show } from 'solid-js'
import { Problem } from '../problem.tsx'
import { act } from '../server.ts'
import { CorrectForm } from './correctForm.tsx'
import { Reinstate, Retract } from './mendFields.ts'
import { MendForm } from './mendForm.tsx'
import { MergeForm } from './mergeForm.tsx'
import { createReports, type Reports } from './reports.ts'
import { RetractReportForm } from './retractReportForm.tsx'
import { Split } from './severalFields.ts'
import { SplitForm } from './splitForm.tsx'
import './desk.css'

/** What the desk may do with a development, on its page. */
export default function MendTools(props: {
  of: { readonly __typename: string; readonly ref: string }
  /** The ref of one that was merged into it, by which it was asked for. */
  merged: string | null
}) {
  return (
    <section class="mend" aria-label="Desk tools">
      <Show when={props.of.__typename !== 'Tombstone'} fallback={<Reinstating development={props.of.ref} />}>
        <ToolsOf development={props.of.ref} />
        <Show when={props.merged}>{(ref) => <TakingApart development={ref()} from={props.of.ref} />}</Show>
      </Show>
    </section>
  )
}

function ToolsOf(props: { development: string }) {
  return (
    <>
      <Tool does="Correct">
        <CorrectForm development={props.development} />
      </Tool>
      <Tool does="Retract">
        <MendForm
          does="Retract it"
          mend={async (reason, preview) =>
            (await act(Retract, { input: { ref: props.development, reason }, preview })).retract
          }
        >
          <p>
            Its content is withheld from everybody, at every viewpoint; a tombstone with your reason stays in its place.
          </p>
        </MendForm>
      </Tool>
      <Tool does="Merge">
        <WithReports development={props.development}>
          {(found) => <MergeForm development={props.development} kind={found().kind} />}
        </WithReports>
      </Tool>
      <Tool does="Split">
        <WithReports development={props.development}>
          {(found) => <SplitForm development={props.development} reports={found().reports} />}
        </WithReports>
      </Tool>
      <Tool does="Take a report back">
        <WithReports development={props.development}>
          {(found) => <RetractReportForm reports={found().reports} />}
        </WithReports>
      </Tool>
    </>
  )
}

function Reinstating(props: { development: string }) {
  return (
    <Tool does="Reinstate">
      <MendForm
        does="Give it back to readers"
        mend={async (reason, preview) =>
          (await act(Reinstate, { input: { ref: props.development, reason }, preview })).reinstate
        }
      />
    </Tool>
  )
}

function TakingApart(props: { development: string; from: string }) {
  return (
    <Tool does="Undo the merge">
      <MendForm
        does="Take them apart again"
        mend={async (reason, preview) =>
          (await act(Split, { input: { from: props.from, ref: props.development, reason }, preview })).split
        }
      />
    </Tool>
  )
}

/** A tool that is drawn, and asks what it must know, when it is first opened. */
function Tool(props: { does: string; children: JSX.Element }) {
  const [isUsed, setUsed] = createSignal(false)
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && setUsed(true)}>
      <summary>{props.does}</summary>
      <Show when={isUsed()}>{props.children}</Show>
    </details>
  )
}

function WithReports(props: { development: string; children: (reports: () => Reports) => JSX.Element }) {
  const { answer, reports } = createReports(() => props.development)
  return (
    <>
      <Problem of={answer} />
      <Show when={reports()} fallback={<p class="pending">Loading …</p>}>
        {(found) => props.children(found)}
      </Show>
    </>
  )
}
