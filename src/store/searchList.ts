import type { Pool } from 'pg'
import type { Filter } from '../domain/filter.ts'
import type { Key } from './developmentList.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import type { Search } from './searchTerms.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'

const { sql, join } = Prisma

/**
 * The most developments that a search ranks: to rank is to read what each says, and a word that half the record has
 * would read half the record. Of more, the ones that changed last are taken.
 */
export const RANKED_AT_MOST = 2_000

/** Ranks are kept in millionths, so that a place in the list is exact. */
export const RANK_UNIT = 1_000_000

interface Page {
  readonly search: Search
  readonly filter: Filter
  readonly limit: number
  readonly backwards: boolean
  readonly after?: Key | undefined
  readonly before?: Key | undefined
}

/** The keys of one page (`sort` is the rank), best first, then what changed last, and whether there are more in the direction of travel. */
export async function listFound(
  pool: Pool,
  viewpoint: Viewpoint,
  { search, filter, limit, backwards, after, before }: Page,
): Promise<{ keys: Key[]; more: boolean }> {
  const bound = ({ sort, position }: Key) => sql`(${Number(sort)}::int, ${position}::int)`
  const conditions = [sql`true`]
  if (after) conditions.push(sql`(rank, position) < ${bound(after)}`)
  if (before) conditions.push(sql`(rank, position) > ${bound(before)}`)
  const direction = backwards ? sql`asc` : sql`desc`
  const rows = await query<{ position: number; rank: number }>(
    pool,
    sql`select position, rank from (
          select position, round(ts_rank_cd(document, ${search.tsquery}::tsquery, 32) * ${RANK_UNIT}::int)::int as rank
          from (${found(viewpoint, search, filter)} order by t.position desc limit ${RANKED_AT_MOST}) as latest
        ) as ranked
        where ${join(conditions, ' and ')} order by rank ${direction}, position ${direction} limit ${limit + 1}`,
  )
  const keys = rows.slice(0, limit).map(({ position, rank }) => ({ position, sort: String(rank) }))
  return { keys: backwards ? keys.reverse() : keys, more: rows.length > limit }
}

/** How many there are, from the viewpoint; at most one more than are ranked. */
export async function countFound(pool: Pool, viewpoint: Viewpoint, search: Search, filter: Filter): Promise<number> {
  const rows = await query<{ count: number }>(
    pool,
    sql`select count(*)::int as count from (${found(viewpoint, search, filter)} limit ${RANKED_AT_MOST + 1}) as matching`,
  )
  return rows[0]?.count ?? 0
}

/** Each development says what its revision says that is visible from the viewpoint: nothing that was learnt later. */
function found(viewpoint: Viewpoint, { tsquery }: Search, filter: Filter): Prisma.Sql {
  return sql`select t.position, t.document from "RevisionText" t join "Revision" r on r.position = t.position
    where t.document @@ ${tsquery}::tsquery and ${visibleFrom(viewpoint)} and ${filterSql(filter)}`
}
