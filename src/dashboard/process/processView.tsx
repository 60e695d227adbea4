import { useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { dayInWords } from '../moment.ts'
import { Problem } from '../problem.tsx'
import { useTitle } from '../title.ts'
import { useViewpoint } from '../viewpoint.ts'
import { Exchanges } from './exchanges.tsx'
import { Mediators } from './mediators.tsx'
import { Pledges } from './pledges.tsx'
import { Processes } from './processes.ts'
import { Pulse } from './pulse.tsx'
import { Talks } from './talks.tsx'
import './process.css'

/** A process at a glance: how it stands, what was exchanged, who met or declined and why, what is promised, who mediates. */
export default function ProcessView() {
  const [parameters, setParameters] = useSearchParams<{ process?: string }>()
  const { day } = useViewpoint()
  const answer = createAnswer(Processes, () => ({}))
  const all = () => answer.data()?.processes.nodes ?? []
  const shown = () => all().find(({ ref }) => ref === parameters.process) ?? all()[0]
  const ref = () => shown()?.ref
  useTitle(() => shown()?.name ?? 'Process')
  return (
    <section class="view process" aria-labelledby="process-title">
      <header class="view-head">
        <h1 id="process-title">
          <bdi>{shown()?.name ?? 'The process'}</bdi>
          <Show when={day()}>{(chosen) => ` at the end of ${dayInWords(chosen())}`}</Show>
        </h1>
        <Show when={all().length > 1}>
          <label>
            Process{' '}
            <select
              value={ref() ?? ''}
              onChange={({ currentTarget }) => setParameters({ process: currentTarget.value }, { scroll: false })}
            >
              <For each={all()}>{(process) => <option value={process.ref}>{process.name}</option>}</For>
            </select>
          </label>
        </Show>
      </header>
      <Problem of={answer} />
      <Show when={answer.data() && all().length === 0}>
        <p class="pending">The record knows no process yet.</p>
      </Show>
      <Show when={ref()} keyed>
        {(process) => (
          <>
            <p class="content">{shown()?.summary}</p>
            <Pulse process={process} />
            <Exchanges process={process} />
            <Talks process={process} />
            <Pledges process={process} />
            <Mediators process={process} />
          </>
        )}
      </Show>
    </section>
  )
}
