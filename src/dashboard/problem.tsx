import { Show } from 'solid-js'
import type { Answer } from './answer.ts'

/** Says why a view has no answer, or not the newest, and offers to ask again. */
export function Problem(props: { of: Answer<unknown> }) {
  return (
    <Show when={props.of.error()}>
      {(error) => (
        <p class="problem" role="alert">
          {error().message} {error().code === 'UNAUTHENTICATED' ? 'Give a key above (Key).' : ''}{' '}
          <button type="button" onClick={() => props.of.again()}>
            Ask again
          </button>
        </p>
      )}
    </Show>
  )
}
