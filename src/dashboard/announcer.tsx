import { createSignal } from 'solid-js'

const [said, setSaid] = createSignal('')

/** Has screen readers say something when they have finished what they are saying. */
export function announce(text: string): void {
  setSaid(text)
}

/** Where it is said; once in the page. */
export function Announcer() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {said()}
    </p>
  )
}
