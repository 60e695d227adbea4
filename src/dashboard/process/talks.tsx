import { For, Show } from 'solid-js'
import { graphql, type ResultOf } from '../graphql.ts'
import { When } from '../when.tsx'
import { WhenShown } from '../whenFields.ts'
import { inWords } from '../words.ts'
import { boardOf, isDeclined } from './board.ts'
import { Headline } from './headline.tsx'
import { Parties, PartNamed } from './named.tsx'
import { Part } from './part.tsx'
import { ReportNamed, Teller } from './teller.tsx'

const TalksOf = graphql(
  `
  query Talks($process: String!, $asOf: DateTime) {
    talks(filter: { process: [$process] }, asOf: $asOf, first: 60) {
      totalCount
      nodes {
        ref
        headline
        status
        extent
        topic
        outcome
        when { ...WhenShown }
        place { name }
        mediators { ...PartNamed }
        proposers: participants(role: [PROPOSER]) { ...PartNamed }
        parties: participants(role: [PARTY, DELEGATE]) { ...PartNamed }
        invitations { invitee { ref name } invitedBy { name } response reason citation { report { ...ReportNamed } } }
        reasons: claims(aspect: [REASON]) { key text citation { report { ...ReportNamed } } }
      }
    }
  }
`,
  [WhenShown, ReportNamed, PartNamed],
)

type Talk = ResultOf<typeof TalksOf>['talks']['nodes'][number]
type Invitation = Talk['invitations'][number]

/** The board of talks: how far each has come, who mediates, who stayed away and why, and which report says so. */
export function Talks(props: { process: string }) {
  return (
    <Part id="talks" title="Talks" question={TalksOf} process={props.process}>
      {(data) => {
        const board = () => boardOf(data().talks.nodes)
        const empty = () => board().filter(({ name, talks }) => talks.length === 0 && name !== 'Untold')
        return (
          <>
            <div class="board">
              <For each={board().filter(({ talks }) => talks.length > 0)}>
                {({ name, talks }) => (
                  <section class="board-column" aria-label={`${name}: ${talks.length}`}>
                    <h3>
                      {name} <span class="count">{talks.length}</span>
                    </h3>
                    <ul>
                      <For each={talks}>{(talk) => <Card of={talk} />}</For>
                    </ul>
                  </section>
                )}
              </For>
            </div>
            <p class="count">
              None{' '}
              {empty()
                .map(({ name }) => name.toLowerCase())
                .join(', ')}
              {data().talks.totalCount > data().talks.nodes.length
                ? `; the first ${data().talks.nodes.length} of ${data().talks.totalCount} talks`
                : ''}
            </p>
          </>
        )
      }}
    </Part>
  )
}

function Card(props: { of: Talk }) {
  return (
    <li class="card kind-talk" data-item tabindex="-1" aria-label={props.of.headline}>
      <h4 class="headline">
        <Headline of={props.of} />
      </h4>
      <p class="facts">
        <span>{inWords(props.of.extent)}</span>
        <When of={props.of.when} />
        <Show when={props.of.place}>{(place) => <bdi>{place().name}</bdi>}</Show>
      </p>
      <Show when={props.of.proposers.length > 0}>
        <p>
          Proposed by <Parties of={props.of.proposers} />
        </p>
      </Show>
      <Show when={props.of.mediators.length > 0}>
        <p>
          Mediated by <Parties of={props.of.mediators} />
        </p>
      </Show>
      <Show when={props.of.invitations.length === 0 && props.of.parties.length > 0}>
        <p class="facts">
          <span>
            With <Parties of={props.of.parties} />
          </span>
        </p>
      </Show>
      <ul class="invitations">
        <For each={props.of.invitations}>{(invitation) => <Answered of={invitation} reasons={props.of.reasons} />}</For>
      </ul>
      <Show when={props.of.outcome}>{(outcome) => <p>{outcome()}</p>}</Show>
    </li>
  )
}

/** How somebody responded. Each reason stands with the report that gives it: reports differ. */
function Answered(props: { of: Invitation; reasons: Talk['reasons'] }) {
  const told = () => props.reasons.filter(({ key }) => key === props.of.invitee.ref)
  return (
    <li classList={{ declined: isDeclined(props.of.response) }}>
      <bdi>{props.of.invitee.name}</bdi> <strong class="response">{inWords(props.of.response)}</strong>
      <Show when={props.of.invitedBy}>
        {(by) => (
          <>
            {' '}
            (invited by <bdi>{by().name}</bdi>)
          </>
        )}
      </Show>
      <Show
        when={told().length > 0}
        fallback={
          <>
            {' '}
            <Teller of={props.of.citation.report} />
          </>
        }
      >
        :
        <ul class="reasons">
          <For each={told()}>
            {({ text, citation }) => (
              <li>
                <bdi>{text}</bdi> <Teller of={citation.report} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </li>
  )
}
