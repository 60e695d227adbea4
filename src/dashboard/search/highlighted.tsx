import { For } from 'solid-js'
import { capitalised } from '../words.ts'

interface Highlight {
  readonly field: string
  readonly text: string
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

/** Where the words stand that were searched for, beside the headline, which stands above. */
export function Highlighted(props: { of: readonly Highlight[] }) {
  return (
    <ul class="highlights">
      <For each={props.of.filter(({ field }) => field !== 'HEADLINE').slice(0, 3)}>
        {(highlight) => (
          <li>
            <span class="field-name">{capitalised(highlight.field)}</span>{' '}
            <For each={piecesOf(highlight)}>{({ text, isMarked }) => (isMarked ? <mark>{text}</mark> : text)}</For>
          </li>
        )}
      </For>
    </ul>
  )
}

function piecesOf({ text, ranges }: Highlight): { text: string; isMarked: boolean }[] {
  const pieces: { text: string; isMarked: boolean }[] = []
  let at = 0
  for (const { start, end } of ranges) {
    pieces.push({ text: text.slice(at, start), isMarked: false }, { text: text.slice(start, end), isMarked: true })
    at = end
  }
  return [...pieces, { text: text.slice(at), isMarked: false }]
}
