import type { UncertainSpan } from './span.ts'

/** What is to be laid out: how long it lasts, and how much room its name takes, in pixels. */
export interface Item {
  readonly ref: string
  readonly span: UncertainSpan
  readonly nameWidth: number
}

/** Where a mark lies in its lane, in pixels from its upper left corner. */
export interface Place {
  readonly top: number
  readonly bar: Stretch
  /** Null: there is no room for names. */
  readonly name: (Stretch & { readonly side: 'before' | 'after' | 'over' }) | null
}

export interface Stretch {
  readonly left: number
  readonly width: number
}

/** A lane as it is drawn. */
export interface Lane {
  readonly places: ReadonlyMap<string, Place>
  readonly height: number
  /** How many found no room. */
  readonly left: number
}

/** Of a mark, so that it can be seen and hit. */
const LEAST_WIDTH = 10
const GAP = 6
/** A name that is cut to less tells nothing. */
const LEAST_ROOM = 110
const named = { height: 22, most: 24 }
const bare = { height: 12, most: 40 }

/**
 * Lays marks out in as many rows as they need, so that none covers another: with names or, if that takes too many rows,
 * without. What still finds no row is counted.
 * @param x where a moment lies, in pixels
 */
export function layOut(items: readonly Item[], x: (moment: number) => number, width: number): Lane {
  const drawn = items.filter(({ span }) => isInSight(span, x, width))
  const bars = new Map(drawn.map(({ ref, span }) => [ref, barOf(span, x, width)]))
  const withNames = drawn.map(({ ref, nameWidth }) => {
    const bar = bars.get(ref) as Stretch
    return { ref, bar, name: nameOf(bar, Math.min(nameWidth, width), width) }
  })
  const lane = pack(withNames, named)
  return lane.left === 0
    ? lane
    : pack(
        withNames.map(({ ref, bar }) => ({ ref, bar, name: null })),
        bare,
      )
}

function isInSight({ from, to }: UncertainSpan, x: (moment: number) => number, width: number): boolean {
  return (to === null || x(to) >= 0) && (from === null || x(from) <= width)
}

/** What is open on a side goes on to the edge there. */
function barOf({ from, to }: UncertainSpan, x: (moment: number) => number, width: number): Stretch {
  const left = from === null ? 0 : Math.max(0, x(from))
  const right = to === null ? width : Math.min(width, x(to))
  const length = Math.max(LEAST_WIDTH, right - left)
  return { left: Math.min(left, width - length), width: length }
}

/** The name stands after the bar or before it, wherever it fits or there is more room; if there is too little, on it. */
function nameOf({ left, width }: Stretch, nameWidth: number, whole: number): NonNullable<Place['name']> {
  const after = whole - (left + width + GAP)
  const before = left - GAP
  const room = after >= nameWidth ? after : Math.max(after, before)
  const fitting = Math.min(nameWidth, room)
  if (room < Math.min(nameWidth, LEAST_ROOM)) {
    return { left: Math.min(left + GAP, whole - nameWidth), width: nameWidth, side: 'over' }
  }
  if (room === after) return { left: left + width + GAP, width: fitting, side: 'after' }
  return { left: before - fitting, width: fitting, side: 'before' }
}

interface Box {
  readonly ref: string
  readonly bar: Stretch
  readonly name: Place['name']
}

const beginOf = ({ bar, name }: Box) => Math.min(bar.left, name?.left ?? bar.left)
const endOf = ({ bar, name }: Box) => Math.max(bar.left + bar.width, name ? name.left + name.width : 0)

/** Each goes into the first row whose last mark ends before it begins. */
function pack(boxes: readonly Box[], { height, most }: typeof named): Lane {
  const ends: number[] = []
  const places = new Map<string, Place>()
  let left = 0
  for (const box of boxes.toSorted((a, b) => beginOf(a) - beginOf(b))) {
    const found = ends.findIndex((end) => end + GAP <= beginOf(box))
    const row = found === -1 ? ends.length : found
    if (row >= most) {
      left++
      continue
    }
    ends[row] = endOf(box)
    places.set(box.ref, { top: row * height, bar: box.bar, name: box.name })
  }
  return { places, height: ends.length * height, left }
}
