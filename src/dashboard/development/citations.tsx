import { For, Show } from 'solid-js'
import { type FragmentOf, graphql } from '../graphql.ts'
import { When } from '../when.tsx'
import { WhenShown } from '../whenFields.ts'
import { inWords } from '../words.ts'

/** The passages that tell a development. */
export const DevelopmentCitations = graphql(
  `
  fragment DevelopmentCitations on Development @_unmask {
    passages: citations {
      quotation locator part stance origin via
      attributedTo { name }
      report { ref title url outlet { name } published { ...WhenShown } retraction { reason } }
    }
  }
`,
  [WhenShown],
)

/** The passages of reports: their words, who published them, whom they credit, and of which agency text they are a copy. */
export function Citations(props: { of: FragmentOf<typeof DevelopmentCitations> }) {
  return (
    <Show when={props.of.passages.length > 0}>
      <h2>Citations</h2>
      <ol class="lines citations">
        <For each={props.of.passages}>
          {({ quotation, locator, part, stance, origin, via, attributedTo, report }) => (
            <li>
              <p>
                <Show when={report.url} fallback={<bdi>{report.title ?? report.ref}</bdi>}>
                  {(url) => (
                    <a href={url()} target="_blank" rel="noopener noreferrer">
                      <bdi>{report.title ?? report.ref}</bdi>
                    </a>
                  )}
                </Show>
              </p>
              <Show when={quotation}>
                {(words) => (
                  <p class="content quote">
                    <q>
                      <bdi>{words()}</bdi>
                    </q>
                  </p>
                )}
              </Show>
              <p class="facts">
                <strong>{report.outlet?.name ?? 'an unnamed outlet'}</strong>
                <When of={report.published} />
                <span>
                  {stance === 'DENIES' ? <strong>denies it</strong> : 'asserts it'}
                  {part === 'BODY' ? '' : `, in its ${inWords(part)}`}
                </span>
                <Show when={attributedTo}>{(whom) => <span>citing {whom().name}</span>}</Show>
                <Show when={via}>{(outlet) => <span>by way of {outlet()}</span>}</Show>
                <Show when={origin}>{(text) => <span>repeats {text()}</span>}</Show>
                <Show when={locator}>{(where) => <span>{where()}</span>}</Show>
                <Show when={report.retraction}>
                  {(retraction) => <span class="disagree">taken back: {retraction().reason}</span>}
                </Show>
              </p>
            </li>
          )}
        </For>
      </ol>
    </Show>
  )
}
