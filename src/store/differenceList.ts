import type { Pool } from 'pg'
import type { Filter } from '../domain/filter.ts'
import { filterSql } from './filterSql.ts'
import { listVersions } from './history.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { isMerged, type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql } = Prisma

/** Two viewpoints, and which revisions lie between them. */
export interface Between {
  readonly from: Viewpoint
  readonly to: Viewpoint
  /** KNOWN: what was published between the moments; RECORDED: what was written between the positions. */
  readonly axis: 'KNOWN' | 'RECORDED'
  readonly filter: Filter
}

/** A development that the two viewpoints show differently, or that was rewritten in between. */
export interface Difference {
  readonly development: string
  /** Position of what each viewpoint shows; null: nothing. */
  readonly before: number | null
  readonly after: number | null
  /** What is there now is a tombstone. */
  readonly withdrawn: boolean
  /** Of the last revision in between: the order of the list. */
  readonly last: number
}

/** One page, in the order of the feed by the last revision in between, and whether there are more. */
export async function listDifferences(
  pool: Pool,
  between: Between,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ differences: Difference[]; more: boolean }> {
  const rows = await query<Difference>(
    pool,
    sql`select * from (${differences(between)}) d where d.last > ${after} order by d.last limit ${limit + 1}`,
  )
  return { differences: rows.slice(0, limit), more: rows.length > limit }
}

export async function countDifferences(pool: Pool, between: Between): Promise<number> {
  const rows = await query<{ count: number }>(pool, sql`select count(*)::int as count from (${differences(between)}) d`)
  return rows[0]?.count ?? 0
}

/** The revisions in between, by development, in the order of the feed. */
export function revisionsBetween(
  pool: Pool,
  between: Between,
  developments: readonly string[],
): Promise<Map<string, number[]>> {
  return listVersions(pool, isBetween(between), developments)
}

/** The end of the record at a moment of its own time: the last position that had been written. */
export async function positionAt(pool: Pool, moment: Date): Promise<{ position: number; tag: string }> {
  const rows = await query<{ position: number; tag: string }>(
    pool,
    sql`(select r.position, r.tag from "Revision" r where r."recordedAt" <= ${moment} order by r."recordedAt" desc, r.position desc limit 1)
        union all select 0, h.tag from "Head" h order by position desc limit 1`,
  )
  return rows[0] as { position: number; tag: string }
}

function differences(between: Between): Prisma.Sql {
  const { from, to, axis, filter } = between
  // A retraction says nothing of when something was known: it is told by when it was recorded.
  const tombstone =
    axis === 'KNOWN'
      ? sql`null::int`
      : sql`(select max(r.position) from "Revision" r join "Development" w on w.id = r."developmentId"
             where r."developmentId" = t.id and r.position <= ${to.position} and r.action in ('RETRACTED', 'MERGED')
               and (w.withheld or ${isMerged('r', to.position)}))`
  const shown = (viewpoint: Viewpoint) =>
    sql`(select r.position from "Revision" r where r."developmentId" = t.id and ${visibleFrom(viewpoint)} limit 1)`
  // Recorded is also what changed an earlier time only, and leaves both ends as they were.
  const told = axis === 'KNOWN' ? sql`d.before is distinct from d.shown` : sql`true`
  return sql`
    select d.development, d.before, coalesce(d.shown, d.tombstone) as after, d.tombstone is not null as withdrawn, d.last from (
      select t.id as development, t.last, ${shown(from)} as before, ${shown(to)} as shown, ${tombstone} as tombstone
      from (select r."developmentId" as id, max(r.position) as last from "Revision" r where ${isBetween(between)} group by 1) t
    ) d
    where ${told} and exists (
      select 1 from "Revision" r where r.position = coalesce(d.shown, d.tombstone, d.before) and ${filterSql(filter)})`
}

function isBetween({ from, to, axis }: Between): Prisma.Sql {
  if (axis === 'RECORDED') return sql`r.position > ${from.position} and r.position <= ${to.position}`
  const until = to.asOf === null ? sql`true` : sql`r."knownAt" <= ${to.asOf}`
  return sql`r.position <= ${to.position} and r."knownAt" > ${from.asOf} and ${until}`
}
