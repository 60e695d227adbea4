import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { codesOf } from '../choice.ts'
import { kinds } from '../kind.ts'
import { dayInWords } from '../moment.ts'
import { When } from '../when.tsx'
import { createWidth } from '../width.ts'
import { capitalised } from '../words.ts'
import { ZoomButtons } from '../zoomButtons.tsx'
import { zoomKeys } from '../zoomKeys.ts'
import { Axis } from './axis.tsx'
import { Lane, type Placed } from './lane.tsx'
import { lastOf, roomy, type Span } from './span.ts'
import { createTimeZoom } from './timeZoom.ts'

/** How long what is shown must rest before it is told of, in milliseconds: a gesture shows many spans. */
const REST_MS = 300

/** The timeline as it is drawn: a lane for each kind under one axis, which zooms and moves. */
export function Chart(props: {
  of: readonly Placed[]
  /** From the first to the last bound that is known. */
  bounds: Span
  /** What is shown at first; undefined: the last year. */
  begin: Span | undefined
  onShown: (span: Span) => void
}) {
  let surface!: HTMLDivElement
  const width = createWidth(() => surface)
  const whole = createMemo(() => roomy(props.bounds))
  const last = (days: number) => roomy(lastOf(props.bounds, days))
  const time = createTimeZoom({ surface: () => surface, width, whole, begin: props.begin ?? last(365) })
  const x = (moment: number) => time.scale()(moment)

  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      time.shown,
      (span) => {
        clearTimeout(timer)
        timer = setTimeout(() => props.onShown(span), REST_MS)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))

  const [pointed, setPointed] = createSignal<string>()
  const point = ({ target }: Event) => {
    const mark = target instanceof Element ? target.closest<HTMLElement>('[data-ref]') : null
    if (mark) setPointed(mark.dataset.ref)
  }
  const inspected = () => props.of.find(({ development }) => development.ref === pointed())?.development
  const earlier = () => props.of.filter(({ span }) => span.to !== null && span.to < time.shown().from).length
  const later = () => props.of.filter(({ span }) => span.from !== null && span.from > time.shown().to).length
  const zoomable = {
    by: time.by,
    right: time.move,
    whole: () => time.show(whole()),
  }
  return (
    <>
      <div class="filters zooming">
        <ZoomButtons by={time.by} />
        <button type="button" onClick={() => time.move(-0.5)} aria-label="Earlier" title="Earlier (←)">
          ←
        </button>
        <button type="button" onClick={() => time.move(0.5)} aria-label="Later" title="Later (→)">
          →
        </button>
        <button type="button" class="quiet" onClick={() => time.show(whole())}>
          Everything
        </button>
        <button type="button" class="quiet" onClick={() => time.show(last(365))}>
          Last year
        </button>
        <button type="button" class="quiet" onClick={() => time.show(last(30))}>
          Last month
        </button>
        <output class="shown">
          {dayInWords(new Date(time.shown().from).toISOString())} –{' '}
          {dayInWords(new Date(time.shown().to).toISOString())}
        </output>
        <span class="count">
          {earlier()} earlier, {later()} later
        </span>
      </div>
      <section
        class="chart"
        ref={surface}
        aria-label="Timeline; plus and minus zoom, left and right move, 0 shows everything"
        tabindex="0"
        onKeyDown={zoomKeys(zoomable)}
        onFocusIn={point}
        onPointerOver={point}
      >
        <Axis scale={time.scale()} width={width()} />
        <For each={codesOf(kinds)}>
          {(kind) => (
            <Lane
              name={kinds[kind]}
              class={`kind-${kind.toLowerCase()}`}
              of={props.of.filter(({ development }) => development.kind === kind)}
              x={x}
              width={width()}
            />
          )}
        </For>
      </section>
      <p class="inspected" aria-hidden="true">
        <Show when={inspected()} fallback="Point at a mark to read what it is; open it for its page.">
          {(development) => (
            <>
              <strong>{capitalised(development().kind)}</strong> <bdi>{development().headline}</bdi>{' '}
              <When of={development().when} />{' '}
              <Show when={development().when?.reason}>{(reason) => <span class="reason">({reason()})</span>}</Show>
            </>
          )}
        </Show>
      </p>
    </>
  )
}
