import { For, Show } from 'solid-js'
import { Sources } from '../development/sources.tsx'
import { graphql } from '../graphql.ts'
import { endOf, useViewpoint } from '../viewpoint.ts'
import { When } from '../when.tsx'
import { WhenShown } from '../whenFields.ts'
import { inWords } from '../words.ts'
import { FirstOf } from './firstOf.tsx'
import { Headline } from './headline.tsx'
import { Parties, PartNamed } from './named.tsx'
import { Part } from './part.tsx'

const OpenPledges = graphql(
  `
  query OpenPledges($process: String!, $asOf: DateTime) {
    pledges(filter: { process: [$process] }, open: true, asOf: $asOf, first: 60) {
      totalCount
      nodes {
        ref
        headline
        status
        strength
        terms
        condition
        due { ...WhenShown }
        when { ...WhenShown }
        promisors { ...PartNamed }
        beneficiaries { ...PartNamed }
        independentSourceCount
        citations { quotation attributedTo { name } report { ref title url outlet { name } } }
      }
    }
  }
`,
  [WhenShown, PartNamed],
)

/** What is promised and not yet kept: by whom, how firmly, on which terms, by when. */
export function Pledges(props: { process: string }) {
  const { day } = useViewpoint()
  const isOverdue = (latest: string | null | undefined) =>
    latest != null && latest < (day() === null ? new Date().toISOString() : endOf(day() as string))
  return (
    <Part id="pledges" title="Open pledges" question={OpenPledges} process={props.process}>
      {(data) => (
        <>
          <Show when={data().pledges.totalCount === 0}>
            <p class="pending">No pledge is open.</p>
          </Show>
          <ul class="cards">
            <For each={data().pledges.nodes}>
              {(pledge) => (
                <li class="card kind-pledge" data-item tabindex="-1" aria-label={pledge.headline}>
                  <p class="facts">
                    <strong class="response">{inWords(pledge.strength)}</strong>
                    <span>
                      <Show when={pledge.promisors.length > 0} fallback="of somebody untold">
                        of <Parties of={pledge.promisors} />
                      </Show>
                      <Show when={pledge.beneficiaries.length > 0}>
                        {' '}
                        to <Parties of={pledge.beneficiaries} />
                      </Show>
                    </span>
                  </p>
                  <h3 class="headline">
                    <Headline of={pledge} />
                  </h3>
                  <Show when={pledge.terms}>{(terms) => <p>{terms()}</p>}</Show>
                  <Show when={pledge.condition}>{(condition) => <p>On condition: {condition()}</p>}</Show>
                  <p class="facts">
                    <span classList={{ overdue: isOverdue(pledge.due?.latest) }}>
                      <Show when={pledge.due} fallback="no date by which it is due">
                        {(due) => (
                          <>
                            {isOverdue(due().latest) ? 'overdue, was due ' : 'due '}
                            <When of={due()} />
                          </>
                        )}
                      </Show>
                    </span>
                    <span>
                      {inWords(pledge.status ?? 'made')} <When of={pledge.when} />
                    </span>
                    <Sources of={pledge} />
                  </p>
                </li>
              )}
            </For>
          </ul>
          <FirstOf list={data().pledges} />
        </>
      )}
    </Part>
  )
}
