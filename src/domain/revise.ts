import { canonical, isSame } from './canonical.ts'
import { changesBetween, type FieldChange } from './changes.ts'
import type { Content } from './content.ts'
import { evidenceKey } from './evidence.ts'
import { fold, type Interval, intervals, isTold, type Material } from './fold.ts'

export const actions = ['CREATED', 'AMENDED', 'BACKDATED', 'CORRECTED', 'RETRACTED', 'REINSTATED', 'MERGED'] as const
/** What a revision did. A correction is not an update, and a retraction leaves a tombstone with its reason. */
export type Action = (typeof actions)[number]

/** Whether a revision withholds its content: its development is withdrawn, or another one holds it. */
export function isTombstone(action: Action): action is 'RETRACTED' | 'MERGED' {
  return action === 'RETRACTED' || action === 'MERGED'
}

/** A revision to be written: the content of one interval, in the order in which they take their positions. */
export interface PlannedRevision extends Omit<Interval, 'content'> {
  readonly action: Action
  /** Null: in this interval it was not known after all. */
  readonly content: Content | null
  /** What the record held there before; null: nothing. */
  readonly was: Content | null
  readonly changes: readonly FieldChange[]
}

/**
 * The revisions that turn the record of `before` into the record of `after`, which must be told by a report that was not
 * retracted. The last interval makes the new current revision, with `action`; each earlier one that changes makes a
 * BACKDATED one, written first, so that the current revision has the highest position.
 */
export function revise(before: Material, after: Material, action: Action): PlannedRevision[] {
  const since = firstDifference(before, after)
  const earlier = intervals(before).map(({ knownAt }) => knownAt)
  return spans(after, earlier[0]).flatMap(({ knownAt, knownUntil }): PlannedRevision[] => {
    const current = knownUntil === null
    // A reinstatement is told even where nothing was learnt in the meantime.
    const told = current && action === 'REINSTATED'
    if ((knownUntil ?? '\ufffe') <= since && !told) return []
    const content = contentAt(after, knownAt)
    // Where evidence went away, the record had more intervals than it will have.
    const within = earlier.filter((moment) => knownAt < moment && (current || moment < knownUntil))
    const held = [knownAt, ...within].map((moment) => contentAt(before, moment))
    const other = held.findIndex((one) => !isSame(one, content))
    if (!told && other === -1) return []
    const was = held.at(current ? -1 : other) ?? null
    const changes = changesBetween(was, content)
    return [{ knownAt, knownUntil, content, was, action: current ? action : 'BACKDATED', changes }]
  })
}

/** The intervals of the record to be, with the one before them in which only the record that was knew anything. */
function spans(after: Material, first: string | undefined): Pick<Interval, 'knownAt' | 'knownUntil'>[] {
  const own = intervals(after)
  const start = own[0]?.knownAt
  return first !== undefined && start !== undefined && first < start
    ? [{ knownAt: first, knownUntil: start }, ...own]
    : own
}

function contentAt(material: Material, moment: string): Content | null {
  return isTold(material.evidence, moment) ? fold(material, moment) : null
}

/** The first moment at which the two can tell anything differently: before it, folding both would be work for nothing. */
function firstDifference(before: Material, after: Material): string {
  // Of itself it would be known by another name, and what links it had to itself are gone, since whenever.
  if ((before.names ?? []).length !== (after.names ?? []).length) return ''
  const evidence = unshared(before.evidence, after.evidence, evidenceKey).map((e) => e.knownAt)
  const corrected = unshared(before.corrections, after.corrections, canonical).map(({ basis, knownAt }) =>
    basis === 'OUR_MISTAKE' ? '' : knownAt,
  )
  return [...evidence, ...corrected].sort()[0] ?? '\uffff'
}

function unshared<T>(some: readonly T[], others: readonly T[], keyOf: (one: T) => string): T[] {
  const [left, right] = [new Set(some.map(keyOf)), new Set(others.map(keyOf))]
  return [...some.filter((one) => !right.has(keyOf(one))), ...others.filter((one) => !left.has(keyOf(one)))]
}
