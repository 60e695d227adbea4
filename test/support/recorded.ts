import { expect } from 'vitest'
import type { Pool } from '../../src/store/database.ts'
import { report } from './news.ts'
import { exchange } from './sample.ts'

/** A dispatch of a report of its own that tells of exchanges which no other one tells of: each is one revision. */
export function swaps(name: string, count = 2): object {
  const on = '2023-12-07'
  return report(
    on,
    ...Array.from({ length: count }, (_, i) => exchange({ ref: `${name}-${i + 1}`, status: 'AGREED', on })),
  )
}

/** The developments that a dispatch tells of. */
export function refsOf(dispatch: object): string[] {
  return (dispatch as { developments: { ref: string }[] }).developments.map(({ ref }) => ref)
}

/** What no dispatch may leave behind, since each is taken whole. */
const halves = `
  select 'report ' || id as half from "Report" t where not exists (select 1 from "Dispatch" where "reportId" = t.id)
  union all select 'dispatch ' || id from "Dispatch" t where not exists (select 1 from "Revision" where "dispatchId" = t.id)
  union all select 'development ' || id from "Development" t
    where not exists (select 1 from "Revision" where "developmentId" = t.id)
  union all select 'evidence ' || "developmentId" from "Evidence" t
    where not exists (select 1 from "Revision" r where r."dispatchId" = t."dispatchId" and r."developmentId" = t."developmentId")
  union all select 'revision ' || position from "Revision" t where facets ->> 'kind' = 'EXCHANGE'
    and not exists (select 1 from "Leg" where position = t.position)`

/**
 * Expects the record to hold, after a position, these dispatches of swaps, each of them whole and once, and nothing
 * else, at positions without a hole. Gives the refs of their developments in the order of the positions.
 */
export async function expectRecorded(pool: Pool, dispatches: readonly object[], after = 0): Promise<string[]> {
  const { rows } = await pool.query<{ position: number; ref: string; dispatch: string }>(
    'select position, "developmentId" as ref, "dispatchId" as dispatch from "Revision" where position > $1 order by position',
    [after],
  )
  const refs = rows.map(({ ref }) => ref)
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, i) => after + i + 1))
  expect([...refs].sort()).toEqual(dispatches.flatMap(refsOf).sort())
  expect(new Set(rows.map(({ dispatch }) => dispatch)).size).toBe(dispatches.length)
  expect((await pool.query(halves)).rows).toEqual([])
  expect((await pool.query('select position from "Head"')).rows).toEqual([{ position: after + rows.length }])
  return refs
}
