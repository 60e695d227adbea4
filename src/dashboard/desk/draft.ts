import { createSignal } from 'solid-js'

const NAME = 'parley.draft'

const [draft, keep] = createSignal(sessionStorage.getItem(NAME) ?? '')
const [replaced, setReplaced] = createSignal<string | null>(null)
const [editing, setEditing] = createSignal<Held | null>(null)

/** The dispatch under embargo that is being changed. */
export interface Held {
  readonly id: string
  readonly report: string
}

/** The dispatch that is being written. Kept until the tab is closed: another view, key or load of the page loses nothing. */
/** What stood there before something else was put in its place; null: nothing did. */
/** What the draft is to be put in the place of; null: it is a dispatch of its own. */
export { draft, editing, replaced }

export function setDraft(text: string): void {
  keep(text)
  try {
    sessionStorage.setItem(NAME, text)
  } catch {
    // Too long to be kept; it stands in the page.
  }
}

/** Puts a whole text into the draft's place. @param held what it is to replace in the end */
export function putDraft(text: string, held: Held | null = null): void {
  setReplaced(draft().trim() === '' ? null : draft())
  setDraft(text)
  setEditing(held)
}

/** Brings back what stood there before. */
export function bringBack(): void {
  setDraft(replaced() ?? '')
  setReplaced(null)
  setEditing(null)
}
