/** A mark on the map, in pixels. */
export interface Spot {
  readonly ref: string
  readonly x: number
  readonly y: number
  readonly radius: number
  readonly nameWidth: number
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const HALF_LINE = 9

/** Which marks have room for their names, and on which side; the first come first. */
export function namedSpots(spots: readonly Spot[], width: number): ReadonlyMap<string, 'left' | 'right'> {
  const taken: Box[] = spots.map(({ x, y, radius }) => ({
    ...{ left: x - radius, right: x + radius },
    ...{ top: y - radius, bottom: y + radius },
  }))
  const named = new Map<string, 'left' | 'right'>()
  for (const { ref, x, y, radius, nameWidth } of spots) {
    for (const side of ['right', 'left'] as const) {
      const left = side === 'right' ? x + radius + 2 : x - radius - 2 - nameWidth
      const box = { left, right: left + nameWidth, top: y - HALF_LINE, bottom: y + HALF_LINE }
      if (box.left < 0 || box.right > width || taken.some((other) => meet(box, other))) continue
      taken.push(box)
      named.set(ref, side)
      break
    }
  }
  return named
}

function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}
