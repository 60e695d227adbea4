import type { Pool } from 'pg'
import type { Filter } from '../domain/filter.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { isMerged, type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql, join } = Prisma

export const developmentOrders = ['WHEN_ASC', 'WHEN_DESC', 'RECORDED_ASC', 'RECORDED_DESC'] as const
/** By when it happened (unknown dates last, ascending) or by its place in the feed. */
export type DevelopmentOrder = (typeof developmentOrders)[number]

/** The place of one entry in an ordered list: what its order compares, then its position. */
export interface Key {
  /** ISO 8601, or `infinity` for an unknown date; the position again where the order is by position. */
  readonly sort: string
  readonly position: number
}

export interface Page {
  readonly filter: Filter
  readonly order: DevelopmentOrder
  /** How many at the most; one more is fetched to see whether the list goes on. */
  readonly limit: number
  readonly after?: Key | undefined
  readonly before?: Key | undefined
  /** Takes the last ones instead of the first ones. */
  readonly backwards: boolean
}

/** The keys of one page of developments, in the list's order, and whether there are more in the direction of travel. */
export async function listDevelopments(
  pool: Pool,
  viewpoint: Viewpoint,
  page: Page,
): Promise<{ keys: Key[]; more: boolean }> {
  const ascending = page.order.endsWith('ASC')
  const byWhen = page.order.startsWith('WHEN')
  const sort = byWhen ? sql`coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz)` : sql`r.position`
  const bound = (key: Key) =>
    byWhen ? sql`(${key.sort}::timestamptz, ${key.position}::int)` : sql`(${key.position}::int, ${key.position}::int)`
  const conditions = [visibleFrom(viewpoint), filterSql(page.filter)]
  const [afterSign, beforeSign] = ascending ? [sql`>`, sql`<`] : [sql`<`, sql`>`]
  if (page.after) conditions.push(sql`(${sort}, r.position) ${afterSign} ${bound(page.after)}`)
  if (page.before) conditions.push(sql`(${sort}, r.position) ${beforeSign} ${bound(page.before)}`)
  const direction = ascending !== page.backwards ? sql`asc` : sql`desc`
  const rows = await query<{ position: number; sort: Date | number | string }>(
    pool,
    sql`select r.position, ${sort} as sort from "Revision" r where ${join(conditions, ' and ')}
        order by ${sort} ${direction}, r.position ${direction} limit ${page.limit + 1}`,
  )
  const keys = rows.slice(0, page.limit).map(({ position, sort: at }) => ({
    position,
    sort: at instanceof Date ? at.toISOString() : at === Number.POSITIVE_INFINITY ? 'infinity' : String(at),
  }))
  return { keys: page.backwards ? keys.reverse() : keys, more: rows.length > page.limit }
}

/** How many developments the filter lets pass, from the viewpoint. */
export async function countDevelopments(pool: Pool, viewpoint: Viewpoint, filter: Filter): Promise<number> {
  const rows = await query<{ count: number }>(
    pool,
    sql`select count(*)::int as count from "Revision" r
        where ${visibleFrom(viewpoint)} and ${filterSql(filter)}`,
  )
  return rows[0]?.count ?? 0
}

/**
 * For each development its position from the viewpoint; a withheld one gives its tombstone's, one that is merged there the
 * position of the one that holds it. Unknown ones are left out.
 */
export async function locateDevelopments(
  pool: Pool,
  viewpoint: Viewpoint,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await query<{ id: string; position: number }>(
    pool,
    sql`with recursive named as (
          select id as ref, id from unnest(${[...ids]}::text[]) id
          union
          select n.ref, next.id from named n cross join lateral (
            select a."otherId" as id from "Revision" m join "DeskAction" a on a.id = m."deskActionId"
            where m."developmentId" = n.id and ${isMerged('m', viewpoint.position)}
            union all
            -- What is withheld with the one that holds it now has its reason there.
            select d."mergedIntoId" from "Development" d where d.id = n.id and d.withheld and d."mergedIntoId" is not null
          ) next
        )
        select n.ref as id, r.position from named n join "Revision" r on r."developmentId" = n.id
        where r."developmentId" = any(array(select id from named)) and ${visibleFrom(viewpoint)}
        union all
        select n.ref, max(r.position) from named n join "Development" d on d.id = n.id
        join "Revision" r on r."developmentId" = d.id
        where d.id = any(array(select id from named)) and d.withheld and r.action = 'RETRACTED' group by n.ref`,
  )
  return new Map(rows.map((row) => [row.id, row.position]))
}

/** For each development the refs that name it at a position of the feed: its own, and those merged into it there. */
export async function namesAt(
  pool: Pool,
  position: number,
  refs: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (refs.length === 0) return new Map()
  const rows = await query<{ ref: string; names: string[] }>(
    pool,
    sql`with recursive held as (
        select id as ref, id from unnest(${[...refs]}::text[]) id
        union
        select h.ref, a."otherId" from held h join "Revision" m on m."developmentId" = h.id and ${isMerged('m', position)}
        join "DeskAction" a on a.id = m."deskActionId"
      ), named as (
        select ref, id from held
        union
        select n.ref, a."developmentId" from named n join "DeskAction" a on a."otherId" = n.id
        join "Revision" m on m."deskActionId" = a.id and m."developmentId" = a."developmentId" and ${isMerged('m', position)}
      ) select ref, array_agg(id order by id) as names from named group by ref`,
  )
  return new Map(rows.map(({ ref, names }) => [ref, names]))
}
