import { For } from 'solid-js'
import { shortcuts } from './shortcuts.ts'
import { zoomHelp } from './zoomKeys.ts'

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
        <Keys of={shortcuts} />
        <h3>In the timeline and the map, where they have the focus</h3>
        <Keys of={zoomHelp} />
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  )
}

function Keys(props: { of: readonly { key: string; does: string }[] }) {
  return (
    <dl class="keys">
      <For each={props.of}>
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
  )
}
