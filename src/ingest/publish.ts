import type { Content } from '../domain/content.ts'
import { type Facets, facetsOf } from '../domain/facets.ts'
import type { PlannedRevision } from '../domain/revise.ts'
import type { Gazetteer } from '../store/gazetteer.ts'
import type { Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { type NewRevision, supersede, tombstoneRow } from '../store/revisionRows.ts'
import { insert } from '../store/rows.ts'
import { openSheet } from './sheet.ts'

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
export async function publish(
  pen: Pen,
  plans: readonly Plan[],
  gazetteer: Pick<Gazetteer, 'facts'>,
  cause: Cause,
): Promise<number> {
  const sheet = openSheet(pen)
  const revisions = plans.flatMap((plan) => place(pen, plan, gazetteer, cause))
  for (const revision of revisions) sheet.revise(revision)
  await sheet.finish()
  return revisions.length
}

/** What filters read of a development's content, with what the gazetteer says of its place now. */
export function facetsIn(
  gazetteer: Pick<Gazetteer, 'facts'>,
  { id, process }: Pick<Recorded, 'id' | 'process'>,
  { content, knownAt }: { readonly content: Content; readonly knownAt: string },
): Facets {
  return facetsOf({ development: id, process, content, knownAt, place: gazetteer.facts(content.place ?? '') })
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
  const { position, replaces } = tombstone
  if (replaces !== null) await supersede(pen.client, [{ position, replaces }])
  await insert(pen.client, 'Revision', [tombstoneRow(tombstone)])
}

/** Gives planned revisions their positions, in their order. */
export function place(
  pen: Pen,
  { recorded, revisions }: Plan,
  gazetteer: Pick<Gazetteer, 'facts'>,
  cause: Cause,
): NewRevision[] {
  return revisions.map((revision, i) => ({
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
    facets: facetsIn(gazetteer, recorded, { ...revision, content: (revision.content ?? revision.was) as Content }),
  }))
}
