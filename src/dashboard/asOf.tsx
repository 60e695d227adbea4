import { createEffect, createMemo, createSignal, Show } from 'solid-js'
import { createAnswer } from './answer.ts'
import { graphql } from './graphql.ts'
import { dayInWords } from './moment.ts'
import { useViewpoint } from './viewpoint.ts'

const Span = graphql(`
  query Span {
    reports(first: 1) { nodes { knownAt } }
    last: reports(last: 1) { nodes { knownAt } }
  }
`)

const DAY_MS = 86_400_000

/** Chooses the day from whose end the record is looked at: from that of the first report to that of the last, or now. */
export function AsOf() {
  const { day, choose } = useViewpoint()
  const answer = createAnswer(Span, () => ({}))
  const span = createMemo(() => {
    const [first, last] = [answer.data()?.reports.nodes[0], answer.data()?.last.nodes[0]]
    return first && last ? { from: first.knownAt.slice(0, 10), to: last.knownAt.slice(0, 10) } : null
  })
  const place = (of: string, from: string) => Math.round((Date.parse(of) - Date.parse(from)) / DAY_MS)
  const dayAt = (index: number, from: string) => new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10)
  // While the slider is drawn, only its label moves: what is asked for is the day on which it is let go.
  const [drawn, setDrawn] = createSignal<string | null>()
  const shown = () => (drawn() === undefined ? day() : drawn())

  return (
    <section class="as-of" classList={{ past: day() !== null }} aria-label="Viewpoint">
      <Show when={span()}>
        {(of) => {
          let slider!: HTMLInputElement
          const days = () => place(of().to, of().from)
          const chosen = (target: HTMLInputElement) =>
            target.valueAsNumber > days() ? null : dayAt(target.valueAsNumber, of().from)
          const index = () => {
            const now = shown()
            return now == null ? days() + 1 : Math.min(days(), Math.max(0, place(now, of().from)))
          }
          const words = () => {
            const now = shown()
            return now == null ? 'now' : `end of ${dayInWords(now)}`
          }
          // In this order: a place beyond the days of before would be drawn back to them.
          createEffect(() => {
            slider.max = String(days() + 1)
            slider.value = String(index())
          })
          return (
            <>
              <label for="as-of">As of</label>
              <input
                id="as-of"
                type="range"
                ref={slider}
                min={0}
                aria-valuetext={words()}
                onInput={({ currentTarget }) => setDrawn(chosen(currentTarget))}
                onChange={({ currentTarget }) => {
                  choose(chosen(currentTarget))
                  setDrawn(undefined)
                }}
              />
              <input
                type="date"
                aria-label="Day"
                min={of().from}
                max={of().to}
                value={shown() ?? ''}
                onChange={({ currentTarget }) => choose(currentTarget.value === '' ? null : currentTarget.value)}
              />
              <output for="as-of">{words()}</output>
              <Show when={day() !== null}>
                <button type="button" onClick={() => choose(null)}>
                  Back to now
                </button>
              </Show>
            </>
          )
        }}
      </Show>
    </section>
  )
}
