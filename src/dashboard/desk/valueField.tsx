import { For, Match, Switch } from 'solid-js'
import { codesOf } from '../choice.ts'
import { statuses } from '../status.ts'
import { inWords } from '../words.ts'
import type { ChangeInput, ClaimFields } from './mendFields.ts'

export type ValueInput = Extract<ChangeInput, { replace: object }>['replace']['by']

type Value = ClaimFields['value']
type Of<Kind extends Value['__typename']> = Extract<Value, { __typename: Kind }>

const responses = ['NO_ANSWER', 'ACCEPTED', 'CONDITIONAL', 'DECLINED', 'WITHDREW']
const qualifiers = ['EXACT', 'ABOUT', 'AT_LEAST', 'MORE_THAN', 'ALMOST', 'UP_TO']

const as =
  <Kind extends Value['__typename']>(kind: Kind, of: () => ClaimFields) =>
  (): Of<Kind> | false =>
    of().value.__typename === kind && (of().value as Of<Kind>)

/** Where another value is given for a claim: a field of the claim's own kind, which begins with what it says now. */
export function ValueField(props: { of: ClaimFields; onValue: (value: ValueInput) => void }) {
  const of = () => props.of
  return (
    <Switch
      fallback={
        <Text
          label={props.of.value.__typename === 'PlaceValue' ? 'Which place, by its name or id' : 'Who, by name or id'}
          value={props.of.text}
          onText={(text) =>
            props.onValue(
              (props.of.value.__typename === 'PlaceValue' ? { place: text } : { actor: { id: text } }) as ValueInput,
            )
          }
        />
      }
    >
      <Match when={as('TextValue', of)()}>
        {(value) => (
          <Text
            label="What it should say"
            value={value().text}
            onText={(text) => props.onValue({ text } as ValueInput)}
          />
        )}
      </Match>
      <Match when={as('StatusValue', of)()}>
        {(value) => (
          <Choice
            label="Status"
            of={codesOf(statuses)}
            value={value().status}
            onChoice={(status) => props.onValue({ status } as ValueInput)}
          />
        )}
      </Match>
      <Match when={as('ResponseValue', of)()}>
        {(value) => (
          <Choice
            label="Response"
            of={responses}
            value={value().response}
            onChoice={(response) => props.onValue({ response } as ValueInput)}
          />
        )}
      </Match>
      <Match when={as('When', of)()}>{(value) => <Days of={value()} onValue={props.onValue} />}</Match>
      <Match when={as('Figure', of)()}>{(value) => <Figured of={value()} onValue={props.onValue} />}</Match>
    </Switch>
  )
}

function Text(props: { label: string; value: string; onText: (text: string) => void }) {
  return (
    <label class="field">
      {props.label}
      <textarea rows={2} dir="auto" onInput={({ currentTarget }) => props.onText(currentTarget.value)}>
        {props.value}
      </textarea>
    </label>
  )
}

function Choice(props: { label: string; of: readonly string[]; value: string; onChoice: (code: string) => void }) {
  return (
    <label class="field">
      {props.label}
      <select onChange={({ currentTarget }) => props.onChoice(currentTarget.value)}>
        <For each={props.of}>
          {(code) => (
            <option value={code} selected={code === props.value}>
              {inWords(code)}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}

/** From which day to which; one day, if they are the same. */
function Days(props: { of: Of<'When'>; onValue: (value: ValueInput) => void }) {
  let [from, to] = [props.of.earliest?.slice(0, 10) ?? '', props.of.latest?.slice(0, 10) ?? '']
  const tell = () =>
    props.onValue({
      when: {
        ...{ earliest: from || null, latest: to || null },
        precision: from !== '' && from === to ? 'DAY' : from === '' && to === '' ? 'UNKNOWN' : 'RANGE',
      },
    } as ValueInput)
  return (
    <div class="fields">
      <label class="field">
        Not before
        <input
          type="date"
          value={from}
          onInput={({ currentTarget }) => {
            from = currentTarget.value
            tell()
          }}
        />
      </label>
      <label class="field">
        Not after
        <input
          type="date"
          value={to}
          onInput={({ currentTarget }) => {
            to = currentTarget.value
            tell()
          }}
        />
      </label>
    </div>
  )
}

function Figured(props: { of: Of<'Figure'>; onValue: (value: ValueInput) => void }) {
  let best = props.of.best ?? props.of.low ?? props.of.high
  let { qualifier } = props.of as { qualifier: string }
  const { measure, unit, stage } = props.of
  // Of "at least" and its like the number is a bound, not the best guess.
  const numbers = () => {
    if (qualifier === 'AT_LEAST' || qualifier === 'MORE_THAN') return { low: best }
    return qualifier === 'UP_TO' ? { high: best } : { best }
  }
  const tell = () => props.onValue({ figure: { measure, unit, stage, qualifier, ...numbers() } } as ValueInput)
  return (
    <div class="fields">
      <Choice
        label="How exactly"
        of={qualifiers}
        value={qualifier}
        onChoice={(code) => {
          qualifier = code
          tell()
        }}
      />
      <label class="field">
        Number
        <input
          type="number"
          min={0}
          step="any"
          value={best ?? ''}
          onInput={({ currentTarget }) => {
            best = Number.isNaN(currentTarget.valueAsNumber) ? null : currentTarget.valueAsNumber
            tell()
          }}
        />
      </label>
    </div>
  )
}
