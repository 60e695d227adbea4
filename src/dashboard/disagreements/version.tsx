import { For, Show } from 'solid-js'
import { counted } from '../words.ts'
import { versionInWords } from './aspect.ts'
import type { Aspect, VersionFields } from './disagreementFields.ts'
import { tellingsOf } from './telling.ts'

/** What is said of an aspect by everybody who says the same, in a list: how many sources that makes, and each of them. */
export function Version(props: { of: VersionFields; aspect: Aspect }) {
  return (
    <li class="version" classList={{ standing: props.of.standing }}>
      <p class="version-text">
        <bdi>{versionInWords(props.aspect, props.of.text)}</bdi>
      </p>
      <p class="facts">
        <span class="source-count" classList={{ single: props.of.independentSourceCount < 2 }}>
          {counted(props.of.independentSourceCount, 'independent source')}
        </span>
        <Show when={props.of.standing}>
          <span class="stands">the record holds this</span>
        </Show>
      </p>
      <ul class="tellings" aria-label="Who says so">
        <For each={tellingsOf(props.of)}>
          {({ by, report, says, quotations, isDenial, ranked }) => (
            <li>
              <Show when={by}>
                {(name) => (
                  <>
                    <bdi>{name()}</bdi>, in{' '}
                  </>
                )}
              </Show>
              <Show when={report.url} fallback={<span title={report.title ?? undefined}>{report.name}</span>}>
                {(url) => (
                  <a href={url()} title={report.title ?? undefined} target="_blank" rel="noopener noreferrer">
                    {report.name}
                  </a>
                )}
              </Show>
              {isDenial ? ' (denies it)' : ''}
              <Show when={says.length > 0}>
                : <bdi>{says.join('; ')}</bdi>
              </Show>
              <For each={quotations}>
                {(quotation) => (
                  <>
                    {' '}
                    <q>
                      <bdi>{quotation}</bdi>
                    </q>
                  </>
                )}
              </For>
              <Show when={ranked}>
                <span class="ranked"> {ranked}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </li>
  )
}
