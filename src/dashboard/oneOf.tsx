import { For } from 'solid-js'
import { type Choice, codesOf } from './choice.ts'

/** Chooses one of some codes, or all. */
export function OneOf<Code extends string>(props: {
  label: string
  choice: Choice<Code>
  words: Readonly<Record<Code, string>>
}) {
  return (
    <label class="filter">
      {props.label}{' '}
      <select
        onChange={({ currentTarget: { value } }) => props.choice.choose(value === '' ? [] : [value as Code])}
        value={props.choice.chosen()[0] ?? ''}
      >
        <option value="">All</option>
        <For each={codesOf(props.words)}>{(code) => <option value={code}>{props.words[code]}</option>}</For>
      </select>
    </label>
  )
}
