import { For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { ViewLink } from '../viewLink.tsx'
import { aspectInWords, rangeInWords, relations } from './aspect.ts'
import type { DisagreementFields } from './disagreementFields.ts'
import { RangeBars } from './rangeBars.tsx'
import { Version } from './version.tsx'

/** One aspect that is told differently: its versions side by side. An item for `j` and `k`. */
export function Disagreement(props: { of: DisagreementFields }) {
  const relation = () => relations[props.of.relation]
  const name = () => aspectInWords(props.of.aspect, props.of.key)
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
