import { Show } from 'solid-js'
import { isUncertain, type WhenFields, whenInWords } from './moment.ts'

const bases: Record<string, string> = { DATELINE: 'from the dateline', INFERRED: 'inferred' }

/** A date, no more exactly than it is known; beside an uncertain one stands what the source says. */
export function When(props: { of: WhenFields | null }) {
  return (
    <Show when={props.of} fallback={<span class="when">date not told</span>}>
      {(when) => (
        <span class="when">
          <time datetime={(when().earliest ?? when().latest ?? '').slice(0, when().precision === 'TIME' ? 24 : 10)}>
            {whenInWords(when())}
          </time>
          <Show when={isUncertain(when())}>
            {' '}
            <span class="as-reported">
              {[when().asReported && `“${when().asReported}”`, bases[when().basis]].filter(Boolean).join(', ')}
            </span>
          </Show>
        </span>
      )}
    </Show>
  )
}
