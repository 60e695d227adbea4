import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { Problem } from '../problem.tsx'
import { act } from '../server.ts'
import { capitalised } from '../words.ts'
import { type ChangeInput, type ClaimFields, Correct, Correctable, type CorrectionInput } from './mendFields.ts'
import { MendForm } from './mendForm.tsx'
import { ValueField, type ValueInput } from './valueField.tsx'

type Deed = 'replace' | 'deprecate' | 'prefer'

const deeds: readonly (readonly [Deed, string])[] = [
  ['replace', 'Say something else in its place'],
  ['deprecate', 'Set it aside: it stays visible, and counts for nothing'],
  ['prefer', 'Put it before what other reports say'],
]

const bases: readonly (readonly [CorrectionInput['basis'], string])[] = [
  ['OUR_MISTAKE', 'From the beginning: it was our mistake'],
  ['SOURCE_CHANGED', 'From now on: the source changed its mind'],
]

/** Corrects one thing of a development: its wording, or what a report is said to claim. */
export function CorrectForm(props: { development: string }) {
  const answer = createAnswer(Correctable, () => ({ ref: props.development }))
  const [what, setWhat] = createSignal('headline')
  const [wording, setWording] = createSignal<string | null>(null)
  const [deed, setDeed] = createSignal<Deed>('replace')
  const [value, setValue] = createSignal<ValueInput | null>(null)
  const [basis, setBasis] = createSignal<CorrectionInput['basis']>('OUR_MISTAKE')
  const found = () => answer.data()?.development
  const claim = () => found()?.claims.find((each) => nameOf(each) === what())
  const choose = (name: string) => {
    setWhat(name)
    setWording(null)
    setValue(null)
  }
  const correction = (): Pick<CorrectionInput, 'headline' | 'summary' | 'changes'> => {
    const meant = claim()
    if (meant === undefined) return { [what()]: wording() ?? found()?.[what() as 'headline' | 'summary'] ?? '' }
    const { aspect, key, citation } = meant
    const target = { aspect, report: citation.report.ref, ...(key !== '' && { key }) }
    // Left as it was it says what the record says, and is refused for that.
    const by = value() ?? ({ text: meant.text } as ValueInput)
    return { changes: [(deed() === 'replace' ? { replace: { ...target, by } } : { [deed()]: target }) as ChangeInput] }
  }
  const mend = async (reason: string, preview: boolean) => {
    const input = { ref: props.development, reason, basis: basis(), ...correction() }
    const { correct } = await act(Correct, { input, preview })
    if (correct.__typename === 'DeskResult' && !preview) choose(what())
    return correct
  }
  return (
    <>
      <Problem of={answer} />
      <Show when={found()} fallback={<p class="pending">Loading …</p>}>
        {(development) => (
          <MendForm does="Correct it" mend={mend}>
            <label class="field">
              What is wrong
              <select value={what()} onChange={({ currentTarget }) => choose(currentTarget.value)}>
                <option value="headline">Our headline</option>
                <option value="summary">Our summary</option>
                <optgroup label="What reports claim">
                  <For each={development().claims.filter(({ rank }) => rank !== 'DEPRECATED')}>
                    {(each) => <option value={nameOf(each)}>{claimInWords(each)}</option>}
                  </For>
                </optgroup>
              </select>
            </label>
            <Switch
              fallback={
                <label class="field">
                  What it should say
                  <textarea
                    rows={3}
                    dir="auto"
                    required
                    maxlength={what() === 'headline' ? 160 : 1200}
                    value={wording() ?? development()[what() as 'headline' | 'summary'] ?? ''}
                    onInput={({ currentTarget }) => setWording(currentTarget.value)}
                  />
                </label>
              }
            >
              <Match when={claim()}>
                {(meant) => (
                  <>
                    <fieldset class="choices">
                      <legend>What to do with it</legend>
                      <For each={deeds}>
                        {([code, words]) => (
                          <label>
                            <input type="radio" name="deed" checked={deed() === code} onChange={() => setDeed(code)} />
                            {words}
                          </label>
                        )}
                      </For>
                    </fieldset>
                    <Show when={deed() === 'replace' && nameOf(meant())} keyed>
                      <ValueField of={meant()} onValue={setValue} />
                    </Show>
                  </>
                )}
              </Match>
            </Switch>
            <fieldset class="choices">
              <legend>Since when it holds</legend>
              <For each={bases}>
                {([code, words]) => (
                  <label>
                    <input type="radio" name="basis" checked={basis() === code} onChange={() => setBasis(code)} />
                    {words}
                  </label>
                )}
              </For>
            </fieldset>
          </MendForm>
        )}
      </Show>
    </>
  )
}

function nameOf({ aspect, key, text, citation }: ClaimFields): string {
  return JSON.stringify([aspect, key, text, citation.report.ref])
}

function claimInWords({ aspect, key, text, standing, citation: { report } }: ClaimFields): string {
  const said = text.length > 60 ? `${text.slice(0, 59)}…` : text
  const what = `${capitalised(aspect)}${key === '' ? '' : ` (${key})`}`
  return `${what}: ${said} — ${report.outlet?.name ?? report.ref}${standing ? ', stands' : ''}`
}
