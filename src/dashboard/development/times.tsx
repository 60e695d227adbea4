import { For, Show } from 'solid-js'
import { type FragmentOf, graphql } from '../graphql.ts'
import { dayInWords, momentInWords } from '../moment.ts'
import { When } from '../when.tsx'
import { WhenShown } from '../whenFields.ts'
import { capitalised } from '../words.ts'

/** When a development happened, was known and was recorded. */
export const DevelopmentTimes = graphql(
  `
  fragment DevelopmentTimes on Development @_unmask {
    happened: when { ...WhenShown reason }
    milestones { status when { ...WhenShown } citation { report { ref outlet { name } } } }
    version: revision { knownAt recordedAt }
  }
`,
  [WhenShown],
)

/** The three times of a development, never mixed, and the steps of its lifecycle. */
export function Times(props: { of: FragmentOf<typeof DevelopmentTimes> }) {
  return (
    <>
      <h2>Times</h2>
      <dl class="dossier">
        <div>
          <dt>Happened</dt>
          <dd>
            <When of={props.of.happened} />
            <Show when={props.of.happened?.reason}>{(reason) => <span class="count"> ({reason()})</span>}</Show>
          </dd>
        </div>
        <For each={props.of.milestones}>
          {({ status, when, citation }) => (
            <div>
              <dt>{capitalised(status)}</dt>
              <dd>
                <When of={when} />
                <span class="count">, by {citation.report.outlet?.name ?? citation.report.ref}</span>
              </dd>
            </div>
          )}
        </For>
        <div>
          <dt>Publicly known so</dt>
          <dd>{dayInWords(props.of.version.knownAt)}</dd>
        </div>
        <div>
          <dt>Recorded here</dt>
          <dd>{momentInWords(props.of.version.recordedAt)}</dd>
        </div>
      </dl>
    </>
  )
}
