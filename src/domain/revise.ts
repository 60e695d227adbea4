import { isSame } from './canonical.ts'
import { changesBetween, type FieldChange } from './changes.ts'
import { fold, type Interval, intervals, type Material } from './fold.ts'

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
  const since = firstDifference(before, after)
  return intervals(after).flatMap(({ knownAt, knownUntil }): PlannedRevision[] => {
    const current = knownUntil === null
    // A reinstatement is told even where nothing was learnt in the meantime.
    const told = current && action === 'REINSTATED'
    if (knownAt < since && !told) return []
    const content = fold(after, knownAt)
    const was = before.evidence.some((e) => e.knownAt <= knownAt) ? fold(before, knownAt) : null
    if (!told && was !== null && isSame(was, content)) return []
    const changes = changesBetween(was, content)
    return [{ knownAt, knownUntil, content, action: current ? action : 'BACKDATED', changes }]
  })
}

/** The first moment at which the two can tell anything differently: before it, folding both would be work for nothing. */
function firstDifference(before: Material, after: Material): string {
  const known = new Set(before.evidence.map((e) => e.dispatch))
  const added = after.evidence.filter((e) => !known.has(e.dispatch)).map((e) => e.knownAt)
  const corrected = after.corrections
    .slice(before.corrections.length)
    .map(({ basis, knownAt }) => (basis === 'OUR_MISTAKE' ? '' : knownAt))
  return [...added, ...corrected].sort()[0] ?? '\uffff'
}
