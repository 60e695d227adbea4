import { For, Show } from 'solid-js'
import { aspectInWords } from '../disagreements/aspect.ts'
import { Disagreement } from '../disagreements/disagreement.tsx'
import { Version } from '../disagreements/version.tsx'
import type { ClaimsFields } from './claimFields.ts'
import { toldAlike } from './toldAlike.ts'
import '../disagreements/disagreements.css'

/** What the reports claim, aspect by aspect: first what they tell differently, side by side, then what nobody disputes. */
export function Claims(props: { of: ClaimsFields }) {
  const alike = () => toldAlike(props.of)
  return (
    <Show when={props.of.claims.length > 0}>
      <h2>Claims</h2>
      <div>
        {/* That it is about this development, the page says. */}
        <For each={props.of.told}>{(told) => <Disagreement of={{ ...told, development: null }} />}</For>
        <Show when={alike().length > 0}>
          <dl class="dossier alike" aria-label="What nobody tells differently">
            <For each={alike()}>
              {({ aspect, key, versions }) => (
                <div>
                  <dt>{aspectInWords(aspect, key)}</dt>
                  <dd>
                    <ul>
                      <For each={versions}>{(version) => <Version of={version} aspect={aspect} />}</For>
                    </ul>
                  </dd>
                </div>
              )}
            </For>
          </dl>
        </Show>
      </div>
    </Show>
  )
}
