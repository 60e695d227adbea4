import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { ViewLink } from '../viewLink.tsx'
import { counted } from '../words.ts'
import { aspects, keyInWords, rangeInWords, relations, versionInWords } from './aspect.ts'
import type { Aspect, DisagreementFields, VersionFields } from './disagreementFields.ts'
import { RangeBars } from './rangeBars.tsx'
import { tellingsOf } from './telling.ts'

/** One aspect that is told differently: its versions side by side. An item for `j` and `k`. */
export function Disagreement(props: { of: DisagreementFields }) {
  const relation = () => relations[props.of.relation]
  const name = () => [aspects[props.of.aspect], keyInWords(props.of.key)].filter(Boolean).join(': ')
  return (
    <article
      class={`disagreement ${props.of.relation.toLowerCase()}`}
      data-item
      tabindex="-1"
      aria-label={`${name()}, ${relation().name.toLowerCase()}`}
    >
      <header>
        <h3 class="headline">
          <Show when={props.of.development} fallback={name()}>
            {(development) => <ViewLink to={developmentAddress(development().ref)}>{name()}</ViewLink>}
          </Show>
        </h3>
        <span class="relation" title={relation().means}>
          {relation().name}
        </span>
      </header>
      <ul class="versions">
        <For each={props.of.versions}>{(version) => <Version of={version} aspect={props.of.aspect} />}</For>
      </ul>
      <Show when={props.of.range}>
        {(range) => (
          <div class="numbers">
            <p>
              From the least to the greatest: <strong>{rangeInWords(range())}</strong>.{' '}
              <Show when={props.of.overlap} fallback="No number fits every version.">
                {(overlap) => (
                  <>
                    Fits every version: <strong>{rangeInWords(overlap())}</strong>.
                  </>
                )}
              </Show>
            </p>
            <RangeBars of={props.of} />
          </div>
        )}
      </Show>
    </article>
  )
}

function Version(props: { of: VersionFields; aspect: Aspect }) {
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
