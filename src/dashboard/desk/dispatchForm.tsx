import { createEffect, createMemo, createSignal, For, Match, on, Show, Switch } from 'solid-js'
import { announce } from '../announcer.tsx'
import type { ResultOf } from '../graphql.ts'
import { momentInWords } from '../moment.ts'
import { Headline } from '../process/headline.tsx'
import { AskError, act } from '../server.ts'
import { readDispatch } from './dispatchInput.ts'
import { bringBack, draft, editing, putDraft, replaced, setDraft } from './draft.ts'
import { Editor, type EditorHandle } from './editor.tsx'
import { EditHeld } from './heldFields.ts'
import { Ingest } from './ingest.ts'
import { placeAt, placeOf } from './jsonPlace.ts'
import { momentOf } from './momentField.ts'
import { Previewed } from './previewed.tsx'
import { type Trouble, troublesIn } from './trouble.ts'
import { Troubles } from './troubles.tsx'

type Accepted = Extract<ResultOf<typeof Ingest>['ingest'], { __typename: 'Accepted' }>
type Outcome =
  | { readonly is: 'refused'; readonly troubles: readonly Trouble[] }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'seen' | 'taken'; readonly accepted: Accepted }
  | { readonly is: 'changed'; readonly report: string }

/** Takes a dispatch in, pasted or from a file; at once, or after a moment until which only the desk sees it. */
export function DispatchForm(props: { mayHold: boolean; onTaken: () => void }) {
  let editor!: EditorHandle
  let picker!: HTMLInputElement
  const [outcome, setOutcome] = createSignal<Outcome | null>(null)
  const [until, setUntil] = createSignal('')
  const [isOver, setOver] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const accepted = () => {
    const now = outcome()
    return now?.is === 'seen' || now?.is === 'taken' ? now : null
  }
  // While it is mended, the marks stay with what they mark.
  const troubles = createMemo(() => {
    const now = outcome()
    if (now?.is !== 'refused') return []
    return now.troubles.map((trouble) => ({
      ...trouble,
      place: trouble.offset === undefined ? placeOf(draft(), trouble.path) : placeAt(draft(), trouble.offset),
    }))
  })

  const refuse = (found: readonly Trouble[]) => {
    setOutcome({ is: 'refused', troubles: found })
    const [first] = troubles()
    if (first) editor.reveal(first.place)
  }
  const write = (text: string) => {
    setDraft(text)
    if (outcome()?.is !== 'refused' || troubles().some(({ offset }) => offset !== undefined)) setOutcome(null)
  }
  const put = (text: string) => {
    putDraft(text)
    setOutcome(null)
  }
  // Somebody wants to change one that is held, further down.
  createEffect(
    on(
      editing,
      (held) => {
        if (held === null) return
        setOutcome(null)
        setUntil('')
        editor.show({ line: 1, from: 0, to: 0 })
      },
      { defer: true },
    ),
  )
  const open = async (file: File | undefined) => {
    if (file === undefined) return
    put(await file.text())
    announce(`${file.name} is open.`)
  }

  async function send(preview: boolean): Promise<void> {
    const read = readDispatch(draft())
    if ('troubles' in read) {
      refuse(read.troubles)
      return
    }
    setBusy(true)
    const held = editing()
    try {
      const embargo = until() === '' ? {} : { embargoUntil: momentOf(until()) }
      const dispatch = { ...read.dispatch, ...embargo }
      if (held !== null) {
        const { editHeld } = await act(EditHeld, { id: held.id, dispatch })
        if (editHeld.__typename === 'Refusal') refuse(editHeld.problems)
        else {
          putDraft('')
          setOutcome({ is: 'changed', report: held.report })
          props.onTaken()
        }
        return
      }
      const { ingest } = await act(Ingest, { dispatch, preview })
      if (ingest.__typename === 'Refusal') refuse(ingest.problems)
      else setOutcome({ is: preview ? 'seen' : 'taken', accepted: ingest })
      if (!preview) props.onTaken()
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      const found = troublesIn(error)
      if (found === null) setOutcome({ is: 'failed', message: error.message })
      else refuse(found)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      class="dispatch-form"
      classList={{ over: isOver() }}
      aria-busy={isBusy()}
      onSubmit={(event) => {
        event.preventDefault()
        void send(false)
      }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void open(event.dataTransfer?.files[0])
      }}
    >
      <p id="dispatch-help" class="count">
        Paste one dispatch as JSON, drop its file here, or{' '}
        <button type="button" onClick={() => picker.click()}>
          open a file
        </button>
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Dispatch file"
          onChange={({ currentTarget }) => {
            void open(currentTarget.files?.[0])
            currentTarget.value = ''
          }}
        />
        <Show when={replaced() !== null}>
          {' '}
          <button
            type="button"
            onClick={() => {
              bringBack()
              setOutcome(null)
            }}
          >
            Bring back what stood here before
          </button>
        </Show>
      </p>
      <Show when={editing()}>
        {(held) => (
          <p class="notice">
            This is what is held as <bdi>{held().report}</bdi>. Below, its preview shows what followers will see of it
            once it is changed.
          </p>
        )}
      </Show>
      <Editor
        text={draft()}
        onText={write}
        marked={troubles().map(({ place }) => place)}
        label="Dispatch"
        describedBy="dispatch-help"
        handle={(handle) => {
          editor = handle
        }}
      />
      <Troubles of={troubles()} show={(place) => editor.show(place)} />
      <div class="actions">
        <Show when={props.mayHold}>
          <label>
            Hold until{' '}
            <input
              type="datetime-local"
              value={until()}
              onInput={({ currentTarget }) => setUntil(currentTarget.value)}
            />
          </label>
        </Show>
        <Show when={editing() === null}>
          <button type="button" disabled={isBusy() || draft().trim() === ''} onClick={() => void send(true)}>
            Preview
          </button>
        </Show>
        <button type="submit" class="strong" disabled={isBusy() || draft().trim() === ''}>
          {editing() !== null ? 'Change what is held' : until() === '' ? 'Take it in' : 'Hold it'}
        </button>
        <button type="button" class="quiet" disabled={draft() === ''} onClick={() => put('')}>
          {editing() === null ? 'Clear' : 'Leave it as it was'}
        </button>
      </div>
      <div role="status">
        <Switch>
          <Match when={accepted()?.is === 'taken' && accepted()?.accepted}>{(it) => <Taken of={it()} />}</Match>
          <Match when={outcome()?.is === 'changed' && (outcome() as { report: string })}>
            {(it) => (
              <p class="notice">
                <strong>Changed</strong>: <bdi>{it().report}</bdi> is held as you wrote it.
              </p>
            )}
          </Match>
          <Match when={accepted()?.accepted.preview}>
            {(preview) => (
              <>
                <Show when={accepted()?.accepted.heldUntil}>
                  {(moment) => (
                    <p>
                      Held until {momentInWords(moment())}: until then only the desk sees it. What comes then, as the
                      record stands now:
                    </p>
                  )}
                </Show>
                <Previewed of={preview()} />
              </>
            )}
          </Match>
        </Switch>
      </div>
      <Show when={outcome()?.is === 'failed' && (outcome() as { message: string })}>
        {(it) => (
          <p class="problem" role="alert">
            {it().message} Your text is as it was.
          </p>
        )}
      </Show>
    </form>
  )
}

function Taken(props: { of: Accepted }) {
  const refs = () => [...props.of.created, ...props.of.amended]
  return (
    <div class="notice">
      <Switch
        fallback={
          <p>
            <strong>Taken in</strong>: {props.of.created.length} new, {props.of.amended.length} amended
            {props.of.withheld.length > 0 ? `, ${props.of.withheld.length} withheld since they are retracted` : ''}.
          </p>
        }
      >
        <Match when={props.of.unchanged}>
          <p>
            The record has this very dispatch already{props.of.heldUntil ? ', or the desk holds it' : ''}: nothing was
            written.
          </p>
        </Match>
        <Match when={props.of.heldUntil}>
          {(moment) => (
            <p>
              <strong>Held</strong> until {momentInWords(moment())}. Until then only the desk sees it, below.
            </p>
          )}
        </Match>
      </Switch>
      <ul>
        <For each={refs()}>
          {(ref) => (
            <li>
              <Headline of={{ ref, headline: ref }} />
            </li>
          )}
        </For>
      </ul>
    </div>
  )
}
