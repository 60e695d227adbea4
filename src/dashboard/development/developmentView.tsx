import { useParams } from '@solidjs/router'
import { For, lazy, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { graphql } from '../graphql.ts'
import { actionInWords } from '../live/arrival.ts'
import { RevisionShown } from '../live/change.ts'
import { changedInWords } from '../live/changed.ts'
import { dayInWords, momentInWords } from '../moment.ts'
import { Problem } from '../problem.tsx'
import { useTitle } from '../title.ts'
import { viewer } from '../viewer.ts'
import { useViewpoint } from '../viewpoint.ts'
import { DevelopmentLine } from './developmentLine.tsx'
import { DevelopmentLine as LineFields } from './lineFields.ts'

const MendTools = lazy(() => import('../desk/mendTools.tsx'))

const One = graphql(
  `
  query One($ref: String!, $asOf: DateTime) {
    development(ref: $ref, asOf: $asOf) {
      ...DevelopmentLine
      summary
      history(last: 50) { nodes { number ...RevisionShown } }
    }
  }
`,
  [LineFields, RevisionShown],
)

/** One development: how it stands, and how it came to stand so. */
export default function DevelopmentView() {
  const parameters = useParams<{ ref: string }>()
  const { asOf } = useViewpoint()
  const variables = () => ({ ref: decodeURIComponent(parameters.ref), asOf: asOf() })
  const answer = createAnswer(One, variables)
  const found = () => answer.data()?.development
  useTitle(() => found()?.headline ?? variables().ref)
  return (
    <section class="view" aria-labelledby="development-title">
      <header class="view-head">
        <h1 id="development-title">
          <bdi>{found()?.headline ?? variables().ref}</bdi>
        </h1>
        <AsGraphql document={One} variables={variables()} />
      </header>
      <Problem of={answer} />
      <Show when={answer.data() && !found()}>
        <p class="pending">The record {asOf() === null ? 'knows' : 'then knew'} no development by this name.</p>
      </Show>
      <Show when={found()}>
        {(development) => (
          <>
            <Show when={development().summary}>{(summary) => <p class="content">{summary()}</p>}</Show>
            <DevelopmentLine of={development()} />
            <Show when={viewer()?.mayEdit && asOf() === null}>
              <MendTools of={development()} />
            </Show>
            <h2>History</h2>
            <ol class="lines">
              <For each={[...development().history.nodes].reverse()}>
                {({ number, action, reason, knownAt, recordedAt, report, changes }) => (
                  <li>
                    <p>
                      {number}. {actionInWords(action)}, known {dayInWords(knownAt)}, recorded{' '}
                      {momentInWords(recordedAt)}
                      {report ? `, by ${report.outlet?.name ?? report.ref}` : ''}
                      {reason ? `. Reason: ${reason}` : ''}
                    </p>
                    <p class="count">{action === 'CREATED' ? '' : changedInWords(changes).join(' · ')}</p>
                  </li>
                )}
              </For>
            </ol>
          </>
        )}
      </Show>
    </section>
  )
}
