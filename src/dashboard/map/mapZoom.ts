import { select } from 'd3-selection'
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import { isGesture } from '../gesture.ts'

type Point = readonly [number, number]

/** The part of the map that is looked at, and what moves it. */
export interface MapZoom {
  readonly transform: Accessor<ZoomTransform>
  by(factor: number): void
  /** Moves by so much of what is shown, to the right and down. */
  move(right: number, down: number): void
  whole(): void
  /** Shows as little as holds all these points. */
  fit(points: readonly Point[]): void
}

const CLOSEST = 64
/** Around what is fitted, in pixels, and how closely that is looked at at the most. */
const ROOM = 70
const CLOSEST_FIT = 12

/** Looks at a part of the map, as createTimeZoom does of time. */
export function createMapZoom(surface: Accessor<HTMLElement>, size: Accessor<Point>): MapZoom {
  const [transform, setTransform] = createSignal(zoomIdentity)
  const behaviour: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    .clickDistance(4)
    .filter(isGesture)
    .scaleExtent([1, CLOSEST])
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => setTransform(event.transform))
  createEffect(() => {
    const [width, height] = size()
    const edges: [[number, number], [number, number]] = [
      [0, 0],
      [width, height],
    ]
    behaviour.extent(edges).translateExtent(edges)
    select(surface()).call(behaviour).on('dblclick.zoom', null)
  })
  onCleanup(() => select(surface()).on('.zoom', null))
  const show = (next: ZoomTransform) => select(surface()).call(behaviour.transform, next)
  return {
    transform,
    by: (factor) => select(surface()).call(behaviour.scaleBy, factor),
    move: (right, down) => {
      const [width, height] = size()
      const { k } = transform()
      select(surface()).call(behaviour.translateBy, (-right * width) / k, (-down * height) / k)
    },
    whole: () => show(zoomIdentity),
    fit: (points) => {
      if (points.length > 0) show(fitting(points, size()))
    },
  }
}

function fitting(points: readonly Point[], [width, height]: Point): ZoomTransform {
  const [left, right] = rangeOf(points.map(([x]) => x))
  const [top, bottom] = rangeOf(points.map(([, y]) => y))
  const k = Math.min((width - 2 * ROOM) / (right - left), (height - 2 * ROOM) / (bottom - top), CLOSEST_FIT)
  const scale = Math.max(1, k)
  // No further than the edges: beyond them is nothing.
  const begin = (middle: number, length: number) =>
    Math.min(0, Math.max(length * (1 - scale), length / 2 - scale * middle))
  return zoomIdentity.translate(begin((left + right) / 2, width), begin((top + bottom) / 2, height)).scale(scale)
}

const rangeOf = (values: readonly number[]): Point => [Math.min(...values), Math.max(...values)]
