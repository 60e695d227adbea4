import type { FeedAction } from '../../src/feed/change.ts'

/** A change, as a follower got it. */
export interface Got {
  readonly position: number
  readonly ref: string
  readonly action: string
}

/** A change, as the record says that a follower should get it. */
export interface Due {
  readonly position: number
  readonly ref: string
  readonly action: FeedAction
  /** Its development was retracted later: who read it after that, under a filter, is not told. */
  readonly mayBeWithheld: boolean
}

/** What a follower got, and what was wrong with it; positions. */
export interface Judgement {
  readonly matches: number
  readonly lost: readonly number[]
  readonly doubled: readonly number[]
  readonly disordered: readonly number[]
  /** What it should not have got, or got as something else. */
  readonly foreign: readonly number[]
}

/** Compares what a follower got, in its order, with all that was due to it, in the record's. */
export function judge(got: readonly Got[], due: readonly Due[]): Judgement {
  const expected = new Map(due.map((item) => [item.position, item]))
  const seen = new Set<number>()
  const [doubled, disordered, foreign]: [number[], number[], number[]] = [[], [], []]
  let last = Number.NEGATIVE_INFINITY
  for (const { position, ref, action } of got) {
    const item = expected.get(position)
    if (seen.has(position)) doubled.push(position)
    else if (position < last) disordered.push(position)
    if (item === undefined || item.ref !== ref || item.action !== action) foreign.push(position)
    seen.add(position)
    last = Math.max(last, position)
  }
  const lost = due.filter(({ position, mayBeWithheld }) => !mayBeWithheld && !seen.has(position))
  return { matches: seen.size, lost: lost.map(({ position }) => position), doubled, disordered, foreign }
}
