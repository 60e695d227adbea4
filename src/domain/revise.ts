import { canonical } from './canonical.ts'
import { changesBetween, type FieldChange } from './changes.ts'
import type { Content } from './content.ts'
import { history, type Interval, type Material } from './fold.ts'

export const actions = ['CREATED', 'AMENDED', 'BACKDATED', 'CORRECTED', 'RETRACTED', 'REINSTATED', 'MERGED'] as const
/** What a revision did. A correction is not an update, and a retraction leaves a tombstone with its reason. */
export type Action = (typeof actions)[number]

/** A revision to be written: the content of one interval, in the order in which they take their positions. */
export interface PlannedRevision extends Interval {
  readonly action: Action
  readonly changes: readonly FieldChange[]
}

/**
 * The revisions that turn the record of `before` into the record of `after`.
 * The last interval makes the new current revision, with `action`; each earlier one that changes makes a BACKDATED one,
 * written first, so that the current revision has the highest position.
 */
export function revise(before: Material, after: Material, action: Action): PlannedRevision[] {
  const known = history(before)
  return history(after).flatMap((interval): PlannedRevision[] => {
    const was = contentAt(known, interval.knownAt)
    const current = interval.knownUntil === null
    const same = was !== null && canonical(was) === canonical(interval.content)
    // A reinstatement is told even where nothing was learnt in the meantime.
    if (same && !(current && action === 'REINSTATED')) return []
    return [{ ...interval, action: current ? action : 'BACKDATED', changes: changesBetween(was, interval.content) }]
  })
}

function contentAt(known: readonly Interval[], moment: string): Content | null {
  return known.findLast((interval) => interval.knownAt <= moment)?.content ?? null
}
