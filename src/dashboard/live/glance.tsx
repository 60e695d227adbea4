import { For, Index, Show } from 'solid-js'
import { processAddress } from '../addresses.ts'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { Dated } from '../dated/datedFields.ts'
import { graphql, type ResultOf } from '../graphql.ts'
import { Problem } from '../problem.tsx'
import { Headline } from '../process/headline.tsx'
import { Processes } from '../process/processes.ts'
import { ViewLink } from '../viewLink.tsx'
import { endOf, useViewpoint } from '../viewpoint.ts'
import { When } from '../when.tsx'
import { capitalised, counted, inWords } from '../words.ts'

const GlanceAt = graphql(
  `
  query Glance($process: String!, $asOf: DateTime, $until: DateTime!) {
    process(ref: $process, asOf: $asOf) {
      pulse { openPledgeCount overduePledgeCount pendingExchangeCount }
    }
    developments(
      filter: { process: [$process], kind: [TALK, EXCHANGE, AGREEMENT], when: { to: $until } }
      asOf: $asOf
      orderBy: WHEN_DESC
      first: 7
    ) {
      nodes {
        __typename
        ...Dated
        ... on Talk { invitations(response: [DECLINED]) { invitee { name } reason } }
      }
    }
    mediators(process: $process, asOf: $asOf, first: 12) { nodes { actor { name } } }
    disagreements(filter: { process: [$process] }, asOf: $asOf, first: 1) { totalCount }
    contradicting: disagreements(filter: { process: [$process] }, relation: CONTRADICTS, asOf: $asOf, first: 1) { totalCount }
  }
`,
  [Dated],
)

type Happened = ResultOf<typeof GlanceAt>['developments']['nodes'][number]

/** How many processes are shown so. */
const MOST = 3

/** Each process in a few lines beside the live column. */
export default function Glance() {
  const answer = createAnswer(Processes, () => ({}))
  return (
    <>
      <Problem of={answer} />
      <Index each={answer.data()?.processes.nodes.slice(0, MOST)}>
        {(process) => (
          <section aria-label={process().name}>
            <h3>
              <ViewLink to={processAddress(process().ref)}>
                <bdi>{process().name}</bdi>
              </ViewLink>
            </h3>
            <GlanceOf process={process().ref} />
          </section>
        )}
      </Index>
    </>
  )
}

/** What happened last, who declined and why, who mediates, what is open. */
function GlanceOf(props: { process: string }) {
  const { asOf } = useViewpoint()
  // What no report dates is not known to be the latest: a date is asked for. The same all day, so that the server has the
  // answer at hand for everybody who asks after the first.
  const variables = () => ({ process: props.process, asOf: asOf(), until: asOf() ?? endOf(today()) })
  const answer = createAnswer(GlanceAt, variables)
  return (
    <>
      <Problem of={answer} />
      <Show when={answer.data()}>
        {(data) => (
          <>
            <ol class="happened">
              <For each={data().developments.nodes}>{(one) => <HappenedThen of={one} />}</For>
            </ol>
            <ul class="standing-now">
              <Show when={data().process?.pulse}>
                {(pulse) => (
                  <li>
                    <ViewLink to={processAddress(props.process)}>
                      {counted(pulse().openPledgeCount, 'open pledge')},{' '}
                      {pulse().overduePledgeCount === 0 ? 'none' : pulse().overduePledgeCount} overdue
                    </ViewLink>
                    ; {counted(pulse().pendingExchangeCount, 'exchange')} agreed and not carried out
                  </li>
                )}
              </Show>
              <Show when={data().mediators.nodes.length > 0}>
                <li>
                  <ViewLink to={processAddress(props.process)}>Mediators</ViewLink>:{' '}
                  <bdi>
                    {data()
                      .mediators.nodes.map(({ actor }) => actor.name)
                      .join(', ')}
                  </bdi>
                </li>
              </Show>
              <li>
                <ViewLink to="/disagreements">
                  {counted(data().disagreements.totalCount, 'aspect')} told differently
                </ViewLink>
                , {data().contradicting.totalCount || 'none'} of them contradicting
              </li>
            </ul>
            <p>
              <AsGraphql document={GlanceAt} variables={variables()} />
            </p>
          </>
        )}
      </Show>
    </>
  )
}

function HappenedThen(props: { of: Happened }) {
  const declined = () => (props.of.__typename === 'Talk' ? props.of.invitations : [])
  return (
    <li class={`kind-${props.of.kind.toLowerCase()}`}>
      <p class="facts">
        <span class="kind">{capitalised(props.of.kind)}</span>
        <Show when={props.of.status}>{(status) => <span>{inWords(status())}</span>}</Show>
        <When of={props.of.when} />
      </p>
      <p>
        <Headline of={props.of} />
      </p>
      <For each={declined()}>
        {({ invitee, reason }) => (
          <p class="facts">
            <span>
              <bdi>{invitee.name}</bdi> declined{reason ? `: ${reason}` : ''}
            </span>
          </p>
        )}
      </For>
    </li>
  )
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
