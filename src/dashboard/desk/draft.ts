import { createSignal } from 'solid-js'

const NAME = 'parley.draft'

const [draft, keep] = createSignal(sessionStorage.getItem(NAME) ?? '')

/** The dispatch that is being written. Kept until the tab is closed: another view, key or load of the page loses nothing. */
export { draft }

export function setDraft(text: string): void {
  keep(text)
  try {
    sessionStorage.setItem(NAME, text)
  } catch {
    // Too long to be kept; it stands in the page.
  }
}
