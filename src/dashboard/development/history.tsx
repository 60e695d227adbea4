import { For, Show } from 'solid-js'
import type { FragmentOf } from '../graphql.ts'
import { graphql } from '../graphql.ts'
import { actionInWords } from '../live/arrival.ts'
import { RevisionShown } from '../live/change.ts'
import { changedInWords } from '../live/changed.ts'
import { dayInWords, momentInWords } from '../moment.ts'
import { counted } from '../words.ts'

/** How a development came to stand as it does. */
export const DevelopmentHistory = graphql(
  `
  fragment DevelopmentHistory on Development @_unmask {
    history(last: 50) { pageInfo { hasPreviousPage } nodes { number ...RevisionShown } }
  }
`,
  [RevisionShown],
)

type HistoryFields = FragmentOf<typeof DevelopmentHistory>
type Version = HistoryFields['history']['nodes'][number]

/** Its versions, the newest first: what each did, why, by which report, and field by field what it changed. */
export function History(props: { of: HistoryFields }) {
  return (
    <>
      <h2>History</h2>
      <ol class="lines history">
        <For each={[...props.of.history.nodes].reverse()}>{(version) => <Revision of={version} />}</For>
      </ol>
      <Show when={props.of.history.pageInfo.hasPreviousPage}>
        <p class="count">The last 50 are shown.</p>
      </Show>
    </>
  )
}

function Revision(props: { of: Version }) {
  const changes = () => (props.of.action === 'CREATED' ? [] : props.of.changes)
  return (
    <li>
      <p class="facts">
        <strong>
          {props.of.number}. {actionInWords(props.of.action)}
        </strong>
        <span>known {dayInWords(props.of.knownAt)}</span>
        <span>recorded {momentInWords(props.of.recordedAt)}</span>
        <Show when={props.of.report}>
          {(report) => (
            <span>
              by{' '}
              <Show when={report().url} fallback={report().outlet?.name ?? report().ref}>
                {(url) => (
                  <a href={url()} target="_blank" rel="noopener noreferrer" title={report().title ?? undefined}>
                    {report().outlet?.name ?? report().ref}
                  </a>
                )}
              </Show>
            </span>
          )}
        </Show>
      </p>
      <Show when={props.of.reason}>{(reason) => <p class="content">Reason: {reason()}</p>}</Show>
      <Show when={changes().length > 0}>
        <p>{changedInWords(changes()).join(' · ')}</p>
        <details>
          <summary>{counted(changes().length, 'field')} changed</summary>
          <ChangeTable of={changes()} />
        </details>
      </Show>
    </li>
  )
}

function ChangeTable(props: { of: Version['changes'] }) {
  return (
    <table class="changes">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.of}>
          {({ path, before, after }) => (
            <tr>
              <th scope="row">{path}</th>
              <td>{valueInWords(before)}</td>
              <td>{valueInWords(after)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

/** A value of a field as it can be read: text as it is, an object by the members that tell something. */
export function valueInWords(value: unknown): string {
  if (value == null) return '–'
  if (Array.isArray(value)) return value.map(valueInWords).join(', ')
  if (typeof value !== 'object') return String(value)
  const told = Object.entries(value).filter(([, member]) => member != null && member !== false && member !== '')
  return told
    .map(([name, member]) => `${name} ${typeof member === 'object' ? `(${valueInWords(member)})` : String(member)}`)
    .join(', ')
}
