import type { ChangeFields } from './change.ts'

/** What stands in the column under one another: a change, or what was missed in one go. */
export interface Row {
  /** Of its newest change; no two rows have the same. */
  readonly position: number
  /** Newest first. */
  readonly changes: readonly ChangeFields[]
  /** From when until when the page had no connection; null: it came as it happened. */
  readonly missed: Missed | null
  /** It came while the page was open. */
  readonly isArrival: boolean
}

export interface Missed {
  readonly from: Date
  readonly until: Date
}

/** A row of a change that was there before. */
export function rowOf(change: ChangeFields): Row {
  return { position: change.position, changes: [change], missed: null, isArrival: false }
}

/** Rows of changes that arrived in this order, newest first: one each or, if they were missed, one of all. */
export function rowsOf(changes: readonly ChangeFields[], missed: Missed | null): Row[] {
  const newestFirst = [...changes].reverse()
  const [newest] = newestFirst
  if (newest === undefined) return []
  if (missed !== null) return [{ position: newest.position, changes: newestFirst, missed, isArrival: true }]
  return newestFirst.map((change) => ({ ...rowOf(change), isArrival: true }))
}

export function countChanges(rows: readonly Row[]): number {
  return rows.reduce((sum, { changes }) => sum + changes.length, 0)
}

/** The newest rows that hold so many changes; the last of them may hold more. */
export function newestRows(rows: readonly Row[], most: number): readonly Row[] {
  let left = most
  const end = rows.findIndex(({ changes }) => {
    if (left <= 0) return true
    left -= changes.length
    return false
  })
  return end === -1 ? rows : rows.slice(0, end)
}

/** Of each development the position of its newest change: older ones no longer say how it stands. */
export function newestPositions(rows: readonly Row[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>()
  for (const { changes } of rows)
    for (const { ref, position } of changes) newest.set(ref, Math.max(position, newest.get(ref) ?? 0))
  return newest
}
