import { createMemo, For } from 'solid-js'
import type { TimeZoom } from './timeZoom.ts'

/** How far apart lines stand at the least, in pixels. */
const APART = 96

/** Lines through all lanes, with their days, months or years; by UTC, as the record counts days. */
export function Axis(props: { scale: ReturnType<TimeZoom['scale']>; width: number }) {
  const ticks = createMemo(() => {
    const { scale } = props
    const nameOf = scale.tickFormat()
    return scale
      .ticks(Math.max(2, Math.floor(props.width / APART)))
      .map((moment) => ({ left: scale(moment), name: nameOf(moment) }))
  })
  return (
    <div class="axis" aria-hidden="true">
      <For each={ticks()}>
        {({ left, name }) => (
          <span class="tick" style={{ left: `${left}px` }}>
            {name}
          </span>
        )}
      </For>
    </div>
  )
}
