import { For, Show } from 'solid-js'
import type { DisagreementFields, RangeFields } from './disagreementFields.ts'

/**
 * The numbers that each version allows, on one scale, and those that fit them all behind. It tells nothing that the text
 * beside it does not.
 */
export function RangeBars(props: { of: DisagreementFields }) {
  const ranges = () => props.of.versions.flatMap(({ text, range }) => (range ? { text, range } : []))
  const place = () => scaleOf(ranges().map(({ range }) => range))
  return (
    <div class="ranges" aria-hidden="true">
      <Show when={props.of.overlap}>
        {(overlap) => (
          <div class="range-row">
            <span>fits all</span>
            <span class="range-track">
              <Bar of={overlap()} place={place()} class="overlap" />
            </span>
          </div>
        )}
      </Show>
      <For each={ranges()}>
        {({ text, range }) => (
          <div class="range-row">
            <bdi>{text}</bdi>
            <span class="range-track">
              <Bar of={range} place={place()} class="" />
            </span>
          </div>
        )}
      </For>
    </div>
  )
}

function Bar(props: { of: RangeFields; place: (value: number) => number; class: string }) {
  const from = () => props.place(props.of.low)
  const to = () => (props.of.high === null ? 100 : props.place(props.of.high))
  return (
    <span
      class={`range ${props.class}`}
      classList={{ open: props.of.high === null }}
      style={{ left: `${from()}%`, width: `${to() - from()}%` }}
    />
  )
}

/** Where a number stands on the scale of all, in per cent; right of the greatest there is room for what has no end. */
function scaleOf(ranges: readonly RangeFields[]): (value: number) => number {
  const values = ranges.flatMap(({ low, high }) => (high === null ? [low] : [low, high]))
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  const span = greatest - least || 1
  return (value) => 4 + ((value - least) / span) * 84
}
