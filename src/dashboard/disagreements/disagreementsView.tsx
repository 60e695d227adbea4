import { useSearchParams } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { developmentAddress } from '../addresses.ts'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { codesOf, useChoice } from '../choice.ts'
import { graphql } from '../graphql.ts'
import { OneOf } from '../oneOf.tsx'
import { Problem } from '../problem.tsx'
import '../style/wide.css'
import { useTitle } from '../title.ts'
import { ViewLink } from '../viewLink.tsx'
import { useViewpoint } from '../viewpoint.ts'
import { capitalised, counted } from '../words.ts'
import { aspects, relations } from './aspect.ts'
import { Disagreement } from './disagreement.tsx'
import { type DisagreementFields, DisagreementShown } from './disagreementFields.ts'
import './disagreements.css'

const Disagreements = graphql(
  `
  query Disagreements($relation: Relation, $aspect: [Aspect!], $after: String, $asOf: DateTime) {
    disagreements(relation: $relation, aspect: $aspect, first: 50, after: $after, asOf: $asOf) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...DisagreementShown }
    }
    contradicting: disagreements(relation: CONTRADICTS, aspect: $aspect, first: 1, asOf: $asOf) { totalCount }
  }
`,
  [DisagreementShown],
)

const relationNames = { CONTRADICTS: relations.CONTRADICTS.name, DIFFERS: relations.DIFFERS.name }

/** Where the reports disagree: each aspect that is told differently, its versions side by side. */
export default function DisagreementsView() {
  const [parameters, setParameters] = useSearchParams<{ after?: string }>()
  const { asOf } = useViewpoint()
  const relation = useChoice('relation', codesOf(relations))
  const aspect = useChoice('aspect', codesOf(aspects))
  const variables = createMemo(() => ({
    relation: relation.chosen()[0] ?? null,
    aspect: aspect.chosen().length === 0 ? null : [...aspect.chosen()],
    after: parameters.after ?? null,
    asOf: asOf(),
  }))
  const answer = createAnswer(Disagreements, variables)
  const found = () => answer.data()?.disagreements
  const contradicting = () => answer.data()?.contradicting.totalCount || 'none'
  useTitle(() => 'Disagreements')
  return (
    <section class="view wide" aria-labelledby="disagreements-title">
      <header class="view-head">
        <h1 id="disagreements-title">Where the reports disagree</h1>
        <AsGraphql document={Disagreements} variables={variables()} />
      </header>
      <search class="filters">
        <OneOf label="Relation" choice={relation} words={relationNames} />
        <OneOf label="Aspect" choice={aspect} words={aspects} />
      </search>
      <Problem of={answer} />
      <Show when={found()} fallback={<p class="pending">Loading …</p>}>
        {(page) => (
          <>
            <p class="count" role="status">
              {counted(page().totalCount, 'aspect')} told differently
              {relation.chosen().length === 0 ? `, ${contradicting()} of them contradicting` : ''}
              {asOf() === null ? '' : ', by what was known then'}
            </p>
            <dl class="meanings">
              <For each={Object.values(relations)}>
                {({ name, means }) => (
                  <div>
                    <dt>{name}</dt>
                    <dd>{means}</dd>
                  </div>
                )}
              </For>
            </dl>
            <For each={byDevelopment(page().nodes)}>
              {(disagreements) => (
                <section class="of-development">
                  <Show when={disagreements[0]?.development}>
                    {(development) => (
                      <h2 class={`kind-${development().kind.toLowerCase()}`}>
                        <span class="kind">{capitalised(development().kind)}</span>{' '}
                        <ViewLink to={developmentAddress(development().ref)}>
                          <bdi>{development().headline}</bdi>
                        </ViewLink>
                      </h2>
                    )}
                  </Show>
                  <For each={disagreements}>{(disagreement) => <Disagreement of={disagreement} />}</For>
                </section>
              )}
            </For>
            <p class="pages">
              <Show when={parameters.after}>
                <button type="button" onClick={() => setParameters({ after: undefined })}>
                  From the beginning
                </button>
              </Show>
              <Show when={page().pageInfo.hasNextPage}>
                <button type="button" onClick={() => setParameters({ after: page().pageInfo.endCursor })}>
                  The next 50
                </button>
              </Show>
            </p>
          </>
        )}
      </Show>
    </section>
  )
}

/** Those of one development stand together in the order of the feed. */
function byDevelopment(disagreements: readonly DisagreementFields[]): DisagreementFields[][] {
  const groups: DisagreementFields[][] = []
  for (const disagreement of disagreements) {
    const last = groups.at(-1)
    if (last?.[0]?.development?.ref === disagreement.development?.ref && last) last.push(disagreement)
    else groups.push([disagreement])
  }
  return groups
}
