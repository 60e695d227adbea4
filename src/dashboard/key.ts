import { createSignal } from 'solid-js'

const NAME = 'parley.key'

const [key, keep] = createSignal(sessionStorage.getItem(NAME) ?? '')

/** The API key that the page asks with; empty: it asks as anybody. Kept until the tab is closed. */
export { key }

export function setKey(text: string): void {
  const trimmed = text.trim()
  if (trimmed === '') sessionStorage.removeItem(NAME)
  else sessionStorage.setItem(NAME, trimmed)
  keep(trimmed)
}

/** What says with each request who asks. */
export function credentials(): { authorization?: string } {
  return key() === '' ? {} : { authorization: `Bearer ${key()}` }
}
