import { For, Show } from 'solid-js'
import { figureInWords, stageInWords } from '../development/figure.ts'
import { FigureShown } from '../development/lineFields.ts'
import { graphql, type ResultOf } from '../graphql.ts'
import { When } from '../when.tsx'
import { WhenShown } from '../whenFields.ts'
import { capitalised } from '../words.ts'
import { agreedCounts } from './agreed.ts'
import { FirstOf } from './firstOf.tsx'
import { Headline } from './headline.tsx'
import { Parties, PartNamed } from './named.tsx'
import { Part } from './part.tsx'
import { ReportNamed, Teller } from './teller.tsx'

const ExchangesOf = graphql(
  `
  query Exchanges($process: String!, $asOf: DateTime) {
    exchanges(filter: { process: [$process] }, asOf: $asOf, first: 20) {
      totalCount
      nodes {
        ref
        headline
        status
        place { name }
        milestones { status when { ...WhenShown } citation { report { ...ReportNamed } } }
        mediators { ...PartNamed }
        facilitators { ...PartNamed }
        legs {
          key
          category
          releasedBy { name }
          receivedBy { name }
          count { ...FigureShown }
          heldSince { ...WhenShown }
          groups { key category count { ...FigureShown } heldSince { ...WhenShown } }
          claims { aspect key text standing value { __typename ... on Figure { stage } } citation { report { ...ReportNamed } } }
        }
        history(last: 20) { nodes { number knownAt changes { path after } } }
      }
    }
  }
`,
  [WhenShown, ReportNamed, PartNamed, FigureShown],
)

type Exchange = ResultOf<typeof ExchangesOf>['exchanges']['nodes'][number]
type Leg = Exchange['legs'][number]

/** Who released whom: what was agreed beside what was carried out, leg by leg. */
export function Exchanges(props: { process: string }) {
  return (
    <Part id="exchanges" title="Exchanges" question={ExchangesOf} process={props.process}>
      {(data) => (
        <>
          <Show when={data().exchanges.totalCount === 0}>
            <p class="pending">No exchange is known.</p>
          </Show>
          <For each={data().exchanges.nodes}>{(exchange) => <One of={exchange} />}</For>
          <FirstOf list={data().exchanges} />
        </>
      )}
    </Part>
  )
}

function One(props: { of: Exchange }) {
  const agreed = () => agreedCounts(props.of.history)
  return (
    <article class="card kind-exchange" data-item tabindex="-1" aria-label={props.of.headline}>
      <h3 class="headline">
        <Headline of={props.of} />
      </h3>
      <ol class="steps" aria-label="How far it has come">
        <For each={props.of.milestones}>
          {({ status, when, citation }) => (
            <li>
              <strong>{capitalised(status)}</strong> <When of={when} /> <Teller of={citation.report} />
            </li>
          )}
        </For>
      </ol>
      <p class="facts">
        <Show when={props.of.mediators.length > 0}>
          <span>
            Mediated by <Parties of={props.of.mediators} />
          </span>
        </Show>
        <Show when={props.of.facilitators.length > 0}>
          <span>
            with the help of <Parties of={props.of.facilitators} />
          </span>
        </Show>
        <Show when={props.of.place}>
          {(place) => (
            <span>
              at <bdi>{place().name}</bdi>
            </span>
          )}
        </Show>
      </p>
      <ul class="legs-board">
        <For each={props.of.legs}>{(leg) => <OneLeg of={leg} agreed={agreed().get(leg.key) ?? null} />}</For>
      </ul>
    </article>
  )
}

function OneLeg(props: {
  of: Leg
  agreed: ReturnType<typeof agreedCounts> extends ReadonlyMap<string, infer F> ? F : never
}) {
  const isDone = () => props.of.count !== null && props.of.count.stage !== 'PLEDGED'
  const promised = () => (isDone() ? props.agreed : props.of.count)
  const others = () =>
    props.of.claims.filter(
      ({ aspect, key, standing }) => aspect === 'FIGURE' && key === `leg/${props.of.key}` && !standing,
    )
  return (
    <li class="leg">
      <p>
        <bdi>{props.of.releasedBy.name}</bdi> <span aria-hidden="true">→</span> <span class="unseen">releases to</span>
        <bdi>{props.of.receivedBy.name}</bdi>
        <Show when={props.of.category}>{(category) => <span class="facts"> {category()}</span>}</Show>
      </p>
      <dl class="agreed-done">
        <div>
          <dt>Agreed</dt>
          <dd>
            <Show when={promised()} fallback={<span class="number none">untold</span>}>
              {(figure) => <span class="number promised">{figureInWords(figure())}</span>}
            </Show>{' '}
            <em class="stage">promised</em>
          </dd>
        </div>
        <div>
          <dt>Carried out</dt>
          <dd>
            <Show when={isDone() && props.of.count} fallback={<span class="number none">none yet</span>}>
              {(figure) => (
                <>
                  <strong class="number">{figureInWords(figure())}</strong>{' '}
                  <em class="stage">{stageInWords(figure().stage)}</em>
                </>
              )}
            </Show>
          </dd>
        </div>
      </dl>
      <Show when={props.of.groups.length > 0 || props.of.heldSince}>
        <ul class="facts groups">
          <Show when={props.of.heldSince}>
            {(when) => (
              <li>
                held since <When of={when()} />
              </li>
            )}
          </Show>
          <For each={props.of.groups}>
            {({ count, category, heldSince }) => (
              <li>
                {figureInWords(count)} {category}
                <Show when={heldSince}>
                  {(when) => (
                    <>
                      , held since <When of={when()} />
                    </>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <For each={others()}>
        {({ text, value, citation }) => (
          <p class="facts disagree">
            Told differently: {text} {value.__typename === 'Figure' ? stageInWords(value.stage) : ''}{' '}
            <Teller of={citation.report} />
          </p>
        )}
      </For>
    </li>
  )
}
