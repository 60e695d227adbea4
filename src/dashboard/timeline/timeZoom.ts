import { type ScaleTime, scaleUtc } from 'd3-scale'
import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom'
import { type Accessor, createEffect, createMemo, createSignal, onCleanup, untrack } from 'solid-js'
import { isGesture } from '../gesture.ts'
import { DAY_MS, type Span, within } from './span.ts'

/** The part of time that is looked at, and what moves it. */
export interface TimeZoom {
  readonly shown: Accessor<Span>
  /** Where a moment lies, in pixels from the left edge. */
  readonly scale: Accessor<ScaleTime<number, number>>
  /** Looks more closely (above 1) or from further away. */
  by(factor: number): void
  /** Moves by so much of what is shown: 0.25 is a quarter to later. */
  move(share: number): void
  show(span: Span): void
}

/** What is looked at most closely. */
const LEAST_MS = 2 * DAY_MS

/**
 * Looks at a part of the whole; d3-zoom understands wheel, drag and pinch on the surface. Nothing glides: there is no motion to reduce.
 */
export function createTimeZoom(options: {
  surface: Accessor<HTMLElement>
  width: Accessor<number>
  whole: Accessor<Span>
  begin: Span
}): TimeZoom {
  const { surface, width, whole } = options
  const [shown, setShown] = createSignal(within(untrack(whole), options.begin), {
    // d3 rounds: what differs by less than a second is the same.
    equals: (before, after) => Math.abs(before.from - after.from) + Math.abs(before.to - after.to) < 1000,
  })
  const base = createMemo(() => scaleUtc([whole().from, whole().to], [0, width()]))
  const behaviour: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    // A click that trembles is a click.
    .clickDistance(4)
    .filter(isGesture)
    .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
      const [from, to] = transform.rescaleX(base()).domain()
      if (from && to) setShown({ from: from.getTime(), to: to.getTime() })
    })
  const show = (span: Span) => {
    const { from, to } = within(whole(), span)
    const scaled = (whole().to - whole().from) / (to - from)
    select(surface()).call(behaviour.transform, zoomIdentity.scale(scaled).translate(-base()(from), 0))
  }
  // What d3 holds is relative to the whole and to the width; when these change, what is shown stays.
  createEffect(() => {
    if (width() === 0) return
    const edges: [[number, number], [number, number]] = [
      [0, 0],
      [width(), 1],
    ]
    const closest = Math.max(1, (whole().to - whole().from) / LEAST_MS)
    behaviour.extent(edges).translateExtent(edges).scaleExtent([1, closest])
    select(surface()).call(behaviour).on('dblclick.zoom', null)
    show(untrack(shown))
  })
  onCleanup(() => select(surface()).on('.zoom', null))
  return {
    shown,
    scale: createMemo(() => scaleUtc([shown().from, shown().to], [0, width()])),
    by: (factor) => select(surface()).call(behaviour.scaleBy, factor),
    move: (share) => {
      const { from, to } = shown()
      const by = share * (to - from)
      show({ from: from + by, to: to + by })
    },
    show,
  }
}
