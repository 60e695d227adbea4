import type { Content } from '../domain/content.ts'
import { type Facets, facetsOf } from '../domain/facets.ts'
import type { PlannedRevision } from '../domain/revise.ts'
import type { Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { type NewRevision, revisionRows, tombstoneRow } from '../store/revisionRows.ts'
import { insert, type RowSet, type Rows } from '../store/rows.ts'

/** What made the revisions: a dispatch or an action of the desk. */
export interface Cause {
  readonly dispatch?: string
  readonly deskAction?: number
  readonly reason?: string
}

/** One development's planned revisions. */
export interface Plan {
  readonly recorded: Recorded
  readonly revisions: readonly PlannedRevision[]
}

/** Gives the planned revisions their positions and writes them; returns how many there were. */
export async function publish(pen: Pen, plans: readonly Plan[], cause: Cause): Promise<number> {
  const revisions = plans.flatMap(({ recorded, revisions: planned }) => place(pen, recorded, planned, cause))
  await supersede(pen, revisions)
  const rows: { [T in keyof Rows]?: Rows[T][] } = {}
  for (const revision of revisions) gather(rows, revisionRows(revision))
  for (const table of Object.keys(rows) as (keyof Rows)[]) await insert(pen.client, table, rows[table] ?? [])
  return revisions.length
}

/** Leaves a tombstone in the place of a development's content: it is withheld, or another development holds it. */
export async function publishTombstone(
  pen: Pen,
  action: 'RETRACTED' | 'MERGED',
  recorded: Recorded & { readonly facets: Facets },
  { dispatch, deskAction, reason }: Cause & Required<Pick<Cause, 'deskAction' | 'reason'>>,
): Promise<void> {
  const tombstone = {
    ...pen.next(),
    ...{
      development: recorded.id,
      process: recorded.process,
      number: recorded.revisions + 1,
      replaces: recorded.current,
    },
    ...{ action, recordedAt: pen.now, dispatch: dispatch ?? null, facets: recorded.facets, deskAction, reason },
  }
  await supersede(pen, [tombstone])
  await insert(pen.client, 'Revision', [tombstoneRow(tombstone)])
}

/** Before the new rows are there: only one revision of a development may be current. */
async function supersede(
  pen: Pen,
  revisions: readonly Pick<NewRevision, 'action' | 'position' | 'replaces'>[],
): Promise<void> {
  const pairs = revisions.filter((r) => r.action !== 'BACKDATED' && r.replaces !== null)
  await pen.client.query(
    `update "Revision" r set "supersededBy" = n.position
     from jsonb_to_recordset($1::jsonb) as n (position int, replaces int) where r.position = n.replaces`,
    [JSON.stringify(pairs.map(({ position, replaces }) => ({ position, replaces })))],
  )
}

function place(pen: Pen, recorded: Recorded, planned: readonly PlannedRevision[], cause: Cause): NewRevision[] {
  return planned.map((revision, i) => ({
    ...revision,
    ...pen.next(),
    development: recorded.id,
    process: recorded.process,
    number: recorded.revisions + i + 1,
    replaces: recorded.current,
    reason: cause.reason ?? null,
    recordedAt: pen.now,
    dispatch: cause.dispatch ?? null,
    deskAction: cause.deskAction ?? null,
    // Of what turns out not to have been known: what followers had of it.
    facets: facetsOf(recorded.process, (revision.content ?? revision.was) as Content),
  }))
}

function gather(into: RowSet, rows: RowSet): void {
  for (const [table, added] of Object.entries(rows) as [keyof Rows, Rows[keyof Rows][]][]) {
    const list = into[table] as Rows[keyof Rows][] | undefined
    if (list === undefined) (into[table] as Rows[keyof Rows][]) = [...added]
    else for (const row of added) list.push(row)
  }
}
