import { createMemo, createUniqueId, For } from 'solid-js'
import type { Place } from './jsonPlace.ts'

/** What an editor can be asked to do from outside. */
export interface EditorHandle {
  /** Brings a line into sight; whoever is elsewhere stays there. */
  reveal(place: Place): void
  /** Goes to a stretch of the text, and selects it. */
  show(place: Place): void
}

/** A text with numbered lines, of which those are marked in which something is wrong. */
export function Editor(props: {
  text: string
  onText: (text: string) => void
  marked: readonly Place[]
  label: string
  describedBy: string
  handle: (handle: EditorHandle) => void
}) {
  let area!: HTMLTextAreaElement
  let behind!: HTMLDivElement
  const id = createUniqueId()
  const numbers = createMemo(() => {
    const count = props.text.split('\n').length
    return Array.from({ length: count }, (_, i) => i + 1).join('\n')
  })
  const follow = () => {
    behind.scrollTop = area.scrollTop
  }
  const reveal = ({ line }: Place) => {
    const height = Number.parseFloat(getComputedStyle(area).lineHeight)
    area.scrollTo(0, (line - 4) * height)
  }
  props.handle({
    reveal,
    show(place) {
      area.focus()
      area.setSelectionRange(place.from, place.to)
      reveal(place)
    },
  })
  return (
    <div class="editor">
      <label for={id}>{props.label}</label>
      <div class="editor-text">
        <div class="editor-behind" ref={behind} aria-hidden="true">
          <pre class="numbers">{numbers()}</pre>
          <For each={[...new Set(props.marked.map(({ line }) => line))]}>
            {(line) => <div class="mark-line" data-line={line} style={{ '--line': `${line - 1}` }} />}
          </For>
        </div>
        <textarea
          ref={area}
          id={id}
          dir="ltr"
          spellcheck={false}
          autocomplete="off"
          wrap="off"
          rows={18}
          value={props.text}
          aria-invalid={props.marked.length > 0}
          aria-describedby={props.describedBy}
          onInput={({ currentTarget }) => props.onText(currentTarget.value)}
          onScroll={follow}
          placeholder={'{ "process": "…", "report": { … }, "developments": [ … ] }'}
        />
      </div>
    </div>
  )
}
