import { For } from 'solid-js'
import { shortcuts } from './shortcuts.ts'

/** The dialog that lists the keys. */
export function Help() {
  let dialog!: HTMLDialogElement
  return (
    <>
      <button
        type="button"
        class="quiet"
        onClick={() => dialog.showModal()}
        aria-label="Keyboard help"
        title="Keys (?)"
      >
        ?
      </button>
      <dialog ref={dialog} data-help aria-labelledby="help-title" closedby="any">
        <h2 id="help-title">Keys</h2>
        <dl class="keys">
          <For each={shortcuts}>
            {({ key, does }) => (
              <div>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            )}
          </For>
        </dl>
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  )
}
