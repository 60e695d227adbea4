import { createSignal, For } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { Problem } from '../problem.tsx'
import { act } from '../server.ts'
import { MendForm } from './mendForm.tsx'
import type { Reports } from './reports.ts'
import { Merge, OfKind } from './severalFields.ts'
import { TextField } from './textField.tsx'

/** Says that a development is the same event as another one, which stays. */
export function MergeForm(props: { development: string; kind: Reports['kind'] }) {
  const answer = createAnswer(OfKind, () => ({ kind: props.kind }))
  const others = () => answer.data()?.developments.nodes.filter(({ ref }) => ref !== props.development) ?? []
  const [into, setInto] = createSignal('')
  return (
    <MendForm
      does="Merge them"
      mend={async (reason, preview) =>
        (await act(Merge, { input: { ref: props.development, into: into().trim(), reason }, preview })).merge
      }
    >
      <p>
        This one goes, and its address leads to the other one, which then holds what was told of both. It can be undone.
      </p>
      <Problem of={answer} />
      <TextField label="The one that stays, by its ref" isRef list="merge-others" value={into()} onText={setInto} />
      <datalist id="merge-others">
        <For each={others()}>{({ ref, headline }) => <option value={ref}>{headline}</option>}</For>
      </datalist>
    </MendForm>
  )
}
