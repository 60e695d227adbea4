import type { Pool } from 'pg'
import type { Aspect, Relation } from '../domain/claim.ts'
import type { Filter } from '../domain/filter.ts'
import type { Key } from './developmentList.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql, join } = Prisma

/** Which disagreements. */
export interface DisagreementFilter {
  readonly filter: Filter
  readonly aspects?: readonly Aspect[] | undefined
  readonly relation?: Relation | undefined
}

interface Page extends DisagreementFilter {
  readonly limit: number
  readonly backwards: boolean
  readonly after?: Key | undefined
  readonly before?: Key | undefined
}

/** The keys of one page (`sort` is the ordinal), in the order of the feed, and whether there are more in the direction of travel. */
export async function listDisagreements(
  pool: Pool,
  viewpoint: Viewpoint,
  page: Page,
): Promise<{ keys: Key[]; more: boolean }> {
  const conditions = [wanted(viewpoint, page)]
  const bound = ({ position, sort }: Key) => sql`(${position}::int, ${Number(sort)}::int)`
  // Of the revisions, too: what it is told of disagreements PostgreSQL does not conclude of them, and would read all of
  // them up to the page.
  if (page.after)
    conditions.push(sql`r.position >= ${page.after.position}::int and (d.position, d.ordinal) > ${bound(page.after)}`)
  if (page.before)
    conditions.push(sql`r.position <= ${page.before.position}::int and (d.position, d.ordinal) < ${bound(page.before)}`)
  const direction = page.backwards ? sql`desc` : sql`asc`
  const rows = await query<{ position: number; ordinal: number }>(
    pool,
    sql`select d.position, d.ordinal from "Disagreement" d join "Revision" r on r.position = d.position
        where ${join(conditions, ' and ')} order by d.position ${direction}, d.ordinal ${direction} limit ${page.limit + 1}`,
  )
  const keys = rows.slice(0, page.limit).map(({ position, ordinal }) => ({ position, sort: String(ordinal) }))
  return { keys: page.backwards ? keys.reverse() : keys, more: rows.length > page.limit }
}

/** How many there are, from the viewpoint. */
export async function countDisagreements(
  pool: Pool,
  viewpoint: Viewpoint,
  filter: DisagreementFilter,
): Promise<number> {
  const rows = await query<{ count: number }>(
    pool,
    sql`select count(*)::int as count from "Disagreement" d join "Revision" r on r.position = d.position
        where ${wanted(viewpoint, filter)}`,
  )
  return rows[0]?.count ?? 0
}

function wanted(viewpoint: Viewpoint, { filter, aspects, relation }: DisagreementFilter): Prisma.Sql {
  const conditions = [visibleFrom(viewpoint), filterSql(filter)]
  if (aspects !== undefined) conditions.push(sql`d.aspect = any(${[...aspects]}::"Aspect"[])`)
  if (relation !== undefined) conditions.push(sql`d.relation = ${relation}::"Relation"`)
  return join(conditions, ' and ')
}
