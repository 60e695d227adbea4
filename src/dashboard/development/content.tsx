import { For, Match, Show, Switch } from 'solid-js'
import { When } from '../when.tsx'
import { inWords } from '../words.ts'
import { figureInWords, stageInWords } from './figure.ts'
import type { DevelopmentFields } from './lineFields.ts'

type Of<Kind extends DevelopmentFields['__typename']> = Extract<DevelopmentFields, { __typename: Kind }>

/** It, if it is of this kind. */
function as<Kind extends DevelopmentFields['__typename']>(kind: Kind, of: DevelopmentFields): Of<Kind> | false {
  return of.__typename === kind && (of as Of<Kind>)
}

/** What a development says or counts, in place: the words quoted, who frees whom, who declined and why. */
export function Content(props: { of: DevelopmentFields }) {
  return (
    <Switch fallback={<Told of={props.of} />}>
      <Match when={as('Tombstone', props.of)}>{(grave) => <p class="content">Withdrawn: {grave().reason}</p>}</Match>
      <Match when={as('Exchange', props.of)}>{(exchange) => <Legs of={exchange()} />}</Match>
      <Match when={as('Talk', props.of)}>{(talk) => <Invitations of={talk()} />}</Match>
      <Match when={as('Pledge', props.of)}>
        {(pledge) => (
          <>
            <p class="content">
              {inWords(pledge().strength)} of{' '}
              {pledge()
                .promisors.map(({ actor }) => actor.name)
                .join(', ') || 'somebody untold'}
              <Show when={pledge().due}>
                {(due) => (
                  <>
                    , due <When of={due()} />
                  </>
                )}
              </Show>
            </p>
            <Told of={pledge()} />
          </>
        )}
      </Match>
    </Switch>
  )
}

function Legs(props: { of: Of<'Exchange'> }) {
  return (
    <ul class="content legs">
      <For each={props.of.legs}>
        {({ releasedBy, receivedBy, count, category }) => (
          <li>
            <bdi>{releasedBy.name}</bdi> <span aria-hidden="true">→</span>
            <span class="unseen">to</span> <bdi>{receivedBy.name}</bdi>: <strong>{figureInWords(count)}</strong>{' '}
            {category}
            <Show when={count?.stage}>{(stage) => <em class="stage"> {stageInWords(stage())}</em>}</Show>
          </li>
        )}
      </For>
    </ul>
  )
}

function Invitations(props: { of: Of<'Talk'> }) {
  const answered = () => props.of.invitations.filter(({ response }) => response !== 'NO_ANSWER')
  return (
    <>
      <Show when={props.of.mediators.length > 0}>
        <p class="content">Mediated by {props.of.mediators.map(({ actor }) => actor.name).join(', ')}</p>
      </Show>
      <ul class="content">
        <For each={answered()}>
          {({ invitee, response, reason }) => (
            <li>
              <bdi>{invitee.name}</bdi> <strong>{inWords(response)}</strong>
              {reason ? `: ${reason}` : ''}
            </li>
          )}
        </For>
      </ul>
      <Show when={answered().length === 0}>
        <Told of={props.of} />
      </Show>
    </>
  )
}

/** Reports that say the same number say it once here. */
function isFirst(i: number, all: DevelopmentFields['figures']): boolean {
  return all.findIndex(({ key, text }) => key === all[i]?.key && text === all[i]?.text) === i
}

/** The figures that stand or, where nothing is counted, the first words that are quoted. */
function Told(props: { of: DevelopmentFields }) {
  const figures = () => props.of.figures.filter(({ standing }, i, all) => standing && isFirst(i, all))
  const quoted = () => props.of.citations.find(({ quotation }) => quotation !== null)
  return (
    <Switch>
      <Match when={figures().length > 0}>
        <ul class="content figures">
          <For each={figures()}>
            {({ key, text }) => (
              <li>
                {inWords(key)}: <strong>{text}</strong>
              </li>
            )}
          </For>
        </ul>
      </Match>
      <Match when={quoted()}>
        {(citation) => (
          <p class="content quote">
            <q>
              <bdi>{citation().quotation}</bdi>
            </q>
          </p>
        )}
      </Match>
    </Switch>
  )
}
