import { Show } from 'solid-js'
import { key, setKey } from './key.ts'

/** The dialog in which somebody says who asks: by an API key. */
export function Access() {
  let dialog!: HTMLDialogElement
  let field!: HTMLInputElement
  const open = () => {
    field.value = key()
    dialog.showModal()
  }
  return (
    <>
      <button type="button" class="quiet" data-access onClick={open}>
        {key() === '' ? 'Key' : 'Key ✓'}
      </button>
      <dialog ref={dialog} aria-labelledby="access-title" closedby="any">
        <form method="dialog" onSubmit={() => setKey(field.value)}>
          <h2 id="access-title">Your key</h2>
          <p>Who may read and write here is decided by API keys. Yours is kept until this tab is closed.</p>
          <label class="field">
            API key or token
            <input ref={field} type="password" autocomplete="off" spellcheck={false} placeholder="parley_…" />
          </label>
          <div class="actions">
            <button type="submit">Use it</button>
            <Show when={key() !== ''}>
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  setKey('')
                  dialog.close()
                }}
              >
                Forget it
              </button>
            </Show>
          </div>
        </form>
      </dialog>
    </>
  )
}
