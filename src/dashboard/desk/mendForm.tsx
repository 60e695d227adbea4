import { createSignal, type JSX, Show } from 'solid-js'
import { announce } from '../announcer.tsx'
import { counted } from '../words.ts'
import { createDeed } from './deed.ts'
import { Previewed } from './previewed.tsx'
import type { PreviewFields } from './previewFields.ts'
import { TextField } from './textField.tsx'
import type { Trouble } from './trouble.ts'
import { Troubles } from './troubles.tsx'

/** What mending the record comes to. */
export type MendResult =
  | { readonly __typename: 'DeskResult'; readonly revisions: number; readonly preview: PreviewFields | null }
  | ({ readonly __typename: 'Mended' } & PreviewFields)
  | { readonly __typename: 'Refusal'; readonly problems: readonly Trouble[] }

/** A form that mends the record: it asks for the reason, shows what followers will see, and only then does it. */
export function MendForm(props: {
  /** What the button says: "Retract it". */
  does: string
  mend: (reason: string, preview: boolean) => Promise<MendResult>
  children?: JSX.Element
}) {
  const deed = createDeed()
  const [reason, setReason] = createSignal('')
  const [preview, setPreview] = createSignal<PreviewFields | null>(null)
  const [done, setDone] = createSignal<number | null>(null)
  const run = async (isPreview: boolean) => {
    setDone(null)
    setPreview(null)
    const result = await deed.do(() => props.mend(reason().trim(), isPreview))
    if (result === undefined) return
    const isOfSeveral = result.__typename === 'Mended'
    if (isPreview) {
      setPreview(isOfSeveral ? result : result.preview)
      return
    }
    setDone(isOfSeveral ? result.revisionCount : result.revisions)
    setReason('')
    announce('Done.')
  }
  let form!: HTMLFormElement
  return (
    <form
      ref={form}
      class="mend-form"
      onInput={() => setPreview(null)}
      onSubmit={(event) => {
        event.preventDefault()
        void run(false)
      }}
    >
      {props.children}
      <TextField label="Reason: readers see it" most={500} value={reason()} onText={setReason} />
      <div class="actions">
        <button type="button" disabled={deed.isBusy()} onClick={() => form.reportValidity() && void run(true)}>
          Preview
        </button>
        <button type="submit" class="strong" disabled={deed.isBusy()}>
          {props.does}
        </button>
      </div>
      <Troubles of={deed.troubles()} />
      <Show when={preview()}>{(it) => <Previewed of={it()} />}</Show>
      <Show when={done() !== null}>
        <p class="notice" role="status">
          Done: {counted(done() as number, 'revision')} written. Followers have it.
        </p>
      </Show>
    </form>
  )
}
