import { createEffect, createSignal, onCleanup } from 'solid-js'

const [title, setTitle] = createSignal('')
const [waiting, setWaiting] = createSignal(0)

/** Names the view in the browser's tab, as long as it is shown. */
export function useTitle(name: () => string): void {
  createEffect(() => setTitle(name()))
  onCleanup(() => setTitle(''))
}

/** How many arrivals nobody has looked at: the tab says so. */
export { setWaiting }

/** Keeps the tab's title; called once, by the page. */
export function keepTitle(): void {
  createEffect(() => {
    const name = title() === '' ? 'Parley' : `${title()} · Parley`
    document.title = waiting() === 0 ? name : `(${waiting()}) ${name}`
  })
}
