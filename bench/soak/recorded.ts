import type { Pool } from '../../src/store/database.ts'
import { insist } from './patience.ts'

/** What the record holds, from a position on. */
export interface Recorded {
  readonly head: number
  /** How many revisions there are after where it began. */
  readonly revisions: number
  /** How many revisions each dispatch has written, 0 for one that only brought evidence of what is withheld. */
  readonly dispatches: ReadonlyMap<string, number>
  /** The same of desk actions, by their reasons; `actions`: how many have the reason. */
  readonly desk: ReadonlyMap<string, { readonly actions: number; readonly revisions: number }>
  /** How often each development was created. */
  readonly created: ReadonlyMap<string, number>
}

/** Reads what the record holds after a position, but for the dispatches that it held before. */
export async function readRecorded(pool: Pool, after: number, before: ReadonlySet<string>): Promise<Recorded> {
  const ask = async <Row extends object>(text: string) => (await insist(() => pool.query<Row>(text))).rows
  const [head] = await ask<{ position: number }>('select position from "Head"')
  const dispatches = await ask<{ id: string; revisions: number }>(
    `select d.id, count(r.position)::int as revisions from "Dispatch" d left join "Revision" r on r."dispatchId" = d.id group by d.id`,
  )
  const desk = await ask<{ reason: string; actions: number; revisions: number }>(
    `select a.reason, count(distinct a.id)::int as actions, count(r.position)::int as revisions
     from "DeskAction" a left join "Revision" r on r."deskActionId" = a.id group by a.reason`,
  )
  const created = await ask<{ ref: string; times: number }>(
    `select "developmentId" as ref, count(*)::int as times from "Revision" where action = 'CREATED' and position > ${after} group by 1`,
  )
  const [revisions] = await ask<{ count: number }>(
    `select count(*)::int as count from "Revision" where position > ${after}`,
  )
  return {
    head: head?.position ?? Number.NaN,
    revisions: revisions?.count ?? Number.NaN,
    dispatches: new Map(dispatches.filter(({ id }) => !before.has(id)).map((row) => [row.id, row.revisions])),
    desk: new Map(desk.map(({ reason, ...found }) => [reason, found])),
    created: new Map(created.map(({ ref, times }) => [ref, times])),
  }
}

/** The dispatches that the record holds. */
export async function dispatchesIn(pool: Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>('select id from "Dispatch"')
  return new Set(rows.map(({ id }) => id))
}
