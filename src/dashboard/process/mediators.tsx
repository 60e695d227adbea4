import { For, Show } from 'solid-js'
import { graphql, type ResultOf } from '../graphql.ts'
import { counted, inWords } from '../words.ts'
import { Headline } from './headline.tsx'
import { Part } from './part.tsx'
import { ReportNamed, Teller } from './teller.tsx'

const MediatorsOf = graphql(
  `
  query Mediators($process: String!, $asOf: DateTime) {
    mediators(process: $process, asOf: $asOf, first: 30) {
      nodes {
        actor { name }
        talksByStatus { status count talks { ref headline } }
        offerCount { made accepted conditional refused unanswered untold }
        parties { party { name } metCount declinedCount }
        refusalReasons { party { name } namesIt talk { ref headline } claim { text citation { report { ...ReportNamed } } } }
      }
    }
  }
`,
  [ReportNamed],
)

type Mediator = ResultOf<typeof MediatorsOf>['mediators']['nodes'][number]

/** Who mediates, and what came of it. */
export function Mediators(props: { process: string }) {
  return (
    <Part id="mediators" title="Mediators" question={MediatorsOf} process={props.process}>
      {(data) => (
        <>
          <p class="count">
            A talk counts for each who was to mediate it, and for whom they act; numbers of several must not be added
            up.
          </p>
          <ul class="cards">
            <For each={data().mediators.nodes}>{(mediator) => <One of={mediator} />}</For>
          </ul>
        </>
      )}
    </Part>
  )
}

function One(props: { of: Mediator }) {
  return (
    <li class="card kind-talk" data-item tabindex="-1" aria-label={props.of.actor.name}>
      <h3 class="headline">
        <bdi>{props.of.actor.name}</bdi>
      </h3>
      <dl class="record">
        <div>
          <dt>Talks</dt>
          <dd>
            <ul>
              <For each={props.of.talksByStatus} fallback={<li>none told</li>}>
                {({ status, count, talks }) => (
                  <li>
                    <strong>{count}</strong>{' '}
                    {status === 'CANCELLED' ? 'did not take place' : status ? inWords(status) : 'status untold'}
                    {': '}
                    <For each={talks}>
                      {(talk, i) => (
                        <>
                          {i() > 0 ? '; ' : ''}
                          <Headline of={talk} />
                        </>
                      )}
                    </For>
                  </li>
                )}
              </For>
            </ul>
          </dd>
        </div>
        <div>
          <dt>Offers</dt>
          <dd>{offersInWords(props.of.offerCount)}</dd>
        </div>
        <Show when={props.of.parties.length > 0}>
          <div>
            <dt>Met</dt>
            <dd>
              <For each={props.of.parties}>
                {({ party, metCount, declinedCount }, i) => (
                  <>
                    {i() > 0 ? '; ' : ''}
                    <bdi>{party.name}</bdi> {metCount === 0 ? 'not met' : `in ${counted(metCount, 'talk')}`}
                    {declinedCount > 0 ? `, declined ${declinedCount}` : ''}
                  </>
                )}
              </For>
            </dd>
          </div>
        </Show>
        <Show when={props.of.refusalReasons.length > 0}>
          <div>
            <dt>Refused because</dt>
            <dd>
              <ul class="reasons">
                <For each={props.of.refusalReasons}>
                  {({ party, claim, talk, namesIt }) => (
                    <li>
                      <bdi>{party.name}</bdi>: <bdi>{claim.text}</bdi>
                      {namesIt ? <em class="stage"> (names it)</em> : ''} <Teller of={claim.citation.report} />
                      <Show when={talk}>
                        {(it) => (
                          <span class="facts">
                            {' '}
                            <Headline of={it()} />
                          </span>
                        )}
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
            </dd>
          </div>
        </Show>
      </dl>
    </li>
  )
}

function offersInWords({ made, accepted, conditional, refused, unanswered, untold }: Mediator['offerCount']): string {
  const parts = [
    `${made} made`,
    accepted > 0 && `${accepted} accepted`,
    conditional > 0 && `${conditional} accepted on conditions`,
    refused > 0 && `${refused} refused`,
    unanswered > 0 && `${unanswered} unanswered`,
    untold > 0 && `${untold} of which no answer is told`,
  ]
  return made === 0 ? 'none told' : parts.filter(Boolean).join(', ')
}
