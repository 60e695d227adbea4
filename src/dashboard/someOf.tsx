import { For } from 'solid-js'
import { type Choice, codesOf } from './choice.ts'

/** Chooses some of a few codes; none chosen is all of them. */
export function SomeOf<Code extends string>(props: {
  label: string
  choice: Choice<Code>
  words: Readonly<Record<Code, string>>
  /** A class of each, such as for its colour. */
  classOf?: (code: Code) => string
}) {
  const toggle = (code: Code, isChosen: boolean) => {
    const others = props.choice.chosen().filter((other) => other !== code)
    props.choice.choose(isChosen ? [...others, code] : others)
  }
  return (
    <fieldset class="some-of">
      <legend>{props.label}</legend>
      <For each={codesOf(props.words)}>
        {(code) => (
          <label class={`filter ${props.classOf?.(code) ?? ''}`}>
            <input
              type="checkbox"
              checked={props.choice.chosen().includes(code)}
              onChange={({ currentTarget: { checked } }) => toggle(code, checked)}
            />
            {props.words[code]}
          </label>
        )}
      </For>
    </fieldset>
  )
}
