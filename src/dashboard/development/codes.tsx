import { For, Show } from 'solid-js'
import { type FragmentOf, graphql } from '../graphql.ts'
import { capitalised, inWords } from '../words.ts'

/** How data sets of the field would code a development. */
export const DevelopmentCodes = graphql(`
  fragment DevelopmentCodes on Development @_unmask {
    coded: plover { eventType mode quadClass }
    dated: when { ucdpPrecision }
    placed: place { name precision country wikidata }
    ... on Agreement { stage }
    participants { role actor { name } onBehalfOf { name } capacity anonymous }
  }
`)

/** Who takes part, and the codes of the field: PLOVER, UCDP, PA-X. */
export function Codes(props: { of: FragmentOf<typeof DevelopmentCodes> }) {
  const codes = () =>
    [
      ['PLOVER', props.of.coded && [props.of.coded.eventType, props.of.coded.mode].filter(Boolean).join(' / ')],
      ['PLOVER class', props.of.coded && inWords(props.of.coded.quadClass)],
      ['PA-X stage', 'stage' in props.of ? props.of.stage : null],
      ['UCDP date precision', props.of.dated?.ucdpPrecision],
      ['UCDP place precision', props.of.placed?.precision],
      ['Country of the place', props.of.placed?.country],
      ['Wikidata of the place', props.of.placed?.wikidata],
    ].filter(([, value]) => value != null)
  return (
    <>
      <Show when={props.of.participants.length > 0}>
        <h2>Who takes part</h2>
        <dl class="dossier">
          <For each={props.of.participants}>
            {({ role, actor, onBehalfOf, capacity, anonymous }) => (
              <div>
                <dt>{capitalised(role)}</dt>
                <dd>
                  {anonymous ? 'an unnamed official of ' : ''}
                  <bdi>{actor.name}</bdi>
                  {capacity ? `, ${capacity}` : ''}
                  {onBehalfOf ? `, for ${onBehalfOf.name}` : ''}
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
      <Show when={codes().length > 0}>
        <h2>Codes</h2>
        <dl class="dossier">
          <For each={codes()}>
            {([name, value]) => (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </>
  )
}
