import { onCleanup, onMount } from 'solid-js'

/** A key, and what it does in every view. */
export interface Shortcut {
  readonly key: string
  readonly does: string
  act(): void
}

/** What can be gone through with `j` and `k`: whatever a view marks so, in the order in which it stands. */
const ITEM = '[data-item]'

/** All shortcuts, as the help lists them. */
export const shortcuts: readonly Shortcut[] = [
  { key: 'j', does: 'To the next item', act: () => step(1) },
  { key: 'k', does: 'To the item before', act: () => step(-1) },
  {
    key: 'Enter',
    does: 'Opens the item',
    act: () => focusedItem()?.querySelector<HTMLElement>('.headline a')?.click(),
  },
  { key: 'n', does: 'Shows what has newly arrived', act: () => find('[data-arrivals]')?.click() },
  { key: '/', does: 'Searches', act: () => find('[data-search]')?.focus() },
  { key: '?', does: 'Shows this help', act: () => find<HTMLDialogElement>('[data-help]')?.showModal() },
]

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)

function focusedItem(): HTMLElement | null {
  const { activeElement } = document
  return activeElement instanceof HTMLElement && activeElement.matches(ITEM) ? activeElement : null
}

function step(by: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>(ITEM)]
  const at = items.findIndex((item) => item.contains(document.activeElement))
  const next = at === -1 ? items.find(isInSight) : items[at + by]
  next?.focus()
}

/** Whoever has not begun begins with what is before the eyes. */
function isInSight(item: HTMLElement): boolean {
  return item.getBoundingClientRect().bottom > 0
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]')

/** Listens for the shortcuts; called once, by the page. */
export function listenForShortcuts(): void {
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    if (event.key === 'Enter' && focusedItem() === null) return
    const shortcut = shortcuts.find(({ key }) => key === event.key)
    if (shortcut === undefined) return
    event.preventDefault()
    shortcut.act()
  }
  onMount(() => document.addEventListener('keydown', listen))
  onCleanup(() => document.removeEventListener('keydown', listen))
}
