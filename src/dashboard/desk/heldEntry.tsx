import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { announce } from '../announcer.tsx'
import type { ResultOf } from '../graphql.ts'
import { momentInWords } from '../moment.ts'
import { act, ask } from '../server.ts'
import { inWords } from '../words.ts'
import { createDeed } from './deed.ts'
import { writeDispatch } from './dispatchInput.ts'
import { putDraft } from './draft.ts'
import { Discard, type HeldFields, HeldPreviewed, Postpone, Release } from './heldFields.ts'
import { momentOf } from './momentField.ts'
import { Previewed } from './previewed.tsx'
import { Troubles } from './troubles.tsx'

type Preview = ResultOf<typeof HeldPreviewed>['heldDispatches']['nodes'][number]['preview']

/** One dispatch under embargo: what it is, what comes of it, and what the desk may do with it. */
export function HeldEntry(props: {
  of: HeldFields
  after: () => string | null
  ended: boolean
  onChanged: () => void
}) {
  const deed = createDeed()
  const [preview, setPreview] = createSignal<Preview | null>(null)
  const isOpen = () => props.of.standing === 'HELD' || props.of.standing === 'REFUSED'
  const done = async (work: Promise<unknown>) => {
    if ((await work) === undefined) return
    announce('Done.')
    props.onChanged()
  }
  const look = () =>
    deed.do(async () => {
      const { heldDispatches } = await ask(HeldPreviewed, { after: props.after(), ended: props.ended })
      const [found] = heldDispatches.nodes
      // Another one stands in its place by now: what is shown is old.
      if (found?.id !== props.of.id) props.onChanged()
      else setPreview(found.preview)
      return { __typename: 'Looked' }
    })
  return (
    <li class="card kind-talk" data-item data-held={props.of.report} tabindex="-1" aria-label={props.of.report}>
      <p class="facts">
        <strong class="response">{inWords(props.of.standing)}</strong>
        <span>
          {isOpen() ? 'until ' : 'was held until '}
          <time datetime={props.of.embargoUntil}>{momentInWords(props.of.embargoUntil)}</time>
        </span>
      </p>
      <h3 class="headline">
        <bdi>{props.of.report}</bdi>
      </h3>
      <ul>
        <For each={headlinesIn(props.of.body)}>{(headline) => <li dir="auto">{headline}</li>}</For>
      </ul>
      <p class="facts">
        <span>
          sent by {props.of.by} {momentInWords(props.of.heldAt)}
        </span>
        <Show when={props.of.editedBy}>{(by) => <span>changed by {by()}</span>}</Show>
        <Show when={!isOpen() && props.of.endedBy}>
          {(by) => (
            <span>
              {inWords(props.of.standing)} by {by()}
              {props.of.reason ? `: ${props.of.reason}` : ''}
            </span>
          )}
        </Show>
      </p>
      <Show when={props.of.problems.length > 0}>
        <Troubles of={props.of.problems.map(({ message }) => ({ path: '', message }))} />
      </Show>
      <div class="actions">
        <button type="button" disabled={deed.isBusy()} onClick={() => void look()}>
          Preview
        </button>
        <Show when={props.of.standing !== 'RELEASED'}>
          <details>
            <summary>Release</summary>
            <form
              onSubmit={(event) => {
                event.preventDefault()
                void done(deed.do(async () => (await act(Release, { id: props.of.id })).releaseHeld))
              }}
            >
              <button type="submit" class="strong" disabled={deed.isBusy()}>
                Release it now, to everybody
              </button>
            </form>
          </details>
        </Show>
        <Show when={isOpen()}>
          <button
            type="button"
            onClick={() =>
              putDraft(writeDispatch(props.of.body as object), { id: props.of.id, report: props.of.report })
            }
          >
            Edit
          </button>
          <Postponing
            onUntil={(until) =>
              done(deed.do(async () => (await act(Postpone, { id: props.of.id, until })).postponeHeld))
            }
          />
          <Discarding
            onReason={(reason) =>
              done(deed.do(async () => (await act(Discard, { id: props.of.id, reason })).discardHeld))
            }
          />
        </Show>
      </div>
      <Troubles of={deed.troubles()} />
      <Switch>
        <Match when={preview()?.__typename === 'Mended' && (preview() as Extract<Preview, { __typename: 'Mended' }>)}>
          {(it) => <Previewed of={it()} />}
        </Match>
        <Match when={preview()?.__typename === 'Refusal' && (preview() as Extract<Preview, { __typename: 'Refusal' }>)}>
          {(it) => <Troubles of={it().problems} />}
        </Match>
      </Switch>
    </li>
  )
}

function Postponing(props: { onUntil: (until: string) => void }) {
  let field!: HTMLInputElement
  return (
    <details>
      <summary>Postpone</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onUntil(momentOf(field.value))
        }}
      >
        <label>
          Hold until <input ref={field} type="datetime-local" required />
        </label>
        <button type="submit">Postpone it</button>
      </form>
    </details>
  )
}

function Discarding(props: { onReason: (reason: string) => void }) {
  let field!: HTMLInputElement
  return (
    <details>
      <summary>Discard</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onReason(field.value)
        }}
      >
        <label>
          Why <input ref={field} type="text" required maxlength={500} />
        </label>
        <button type="submit">Discard it for good</button>
      </form>
    </details>
  )
}

/** What a held dispatch tells, by its headlines. */
function headlinesIn(body: unknown): string[] {
  const { developments = [] } = body as { developments?: { headline?: string; ref?: string }[] }
  return developments.map(({ headline, ref }) => headline ?? ref ?? '')
}
