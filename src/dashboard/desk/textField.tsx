/** A line that a form cannot do without. A ref is a name, not language: nothing completes or corrects it. */
export function TextField(props: {
  label: string
  value: string
  onText: (text: string) => void
  /** How many characters the record takes; absent: it says so itself. */
  most?: number
  isRef?: boolean
  /** The id of a list of what could be meant. */
  list?: string
}) {
  return (
    <label class="field">
      {props.label}
      <input
        type="text"
        required
        dir="auto"
        maxlength={props.most}
        list={props.list}
        autocomplete={props.isRef ? 'off' : undefined}
        spellcheck={props.isRef ? false : undefined}
        value={props.value}
        onInput={({ currentTarget }) => props.onText(currentTarget.value)}
      />
    </label>
  )
}
