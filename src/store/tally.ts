import type { Pool } from 'pg'
import type { TimeBucket } from '../domain/bucket.ts'
import type { Filter } from '../domain/filter.ts'
import type { TallyDimension } from '../domain/tally.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'
import { meets, type Window } from './window.ts'

const { sql, join, empty } = Prisma

/** Within `from` and `until`: what certainly happened before or after is left out. */
export interface TallyQuestion extends Window {
  readonly filter: Filter
  readonly by: readonly TallyDimension[]
  /** Left out: no timeline. */
  readonly bucket?: TimeBucket | undefined
  /** How many rows at the most. */
  readonly limit: number
}

/** Developments of one group that lie between the same buckets. */
export interface TallyRow {
  /** Their value in each dimension, null where they have none; null altogether: all developments, whatever their group. */
  readonly group: readonly (string | null)[] | null
  readonly dated: boolean
  /** Beginnings of the buckets that hold the earliest and the latest moment at which they can have happened. */
  readonly first: Date | null
  readonly last: Date | null
  readonly count: number
}

/** Counts developments by group and by the buckets that they lie between, in one statement. */
export function tally(pool: Pool, viewpoint: Viewpoint, question: TallyQuestion): Promise<TallyRow[]> {
  const { filter, by, bucket, limit } = question
  const conditions = [visibleFrom(viewpoint), filterSql(filter), meets(question)]
  // In UTC, as every session is; naming the zone would take four times as long.
  const start = (column: Prisma.Sql) =>
    bucket === undefined ? sql`null::timestamptz` : sql`date_trunc(${bucket.toLowerCase()}, ${column})`
  const joined = by.map((dimension) => dimensions[dimension])
  const groups =
    by.length === 0
      ? empty
      : sql`union all
        select array[${join(joined.map(({ value }) => value))}], c.dated, c.first, c.last, count(*)::int
        from chosen c ${join(
          joined.map((dimension) => dimension.from ?? empty),
          ' ',
        )}
        group by 1, 2, 3, 4`
  return query<TallyRow>(
    pool,
    sql`with chosen as materialized (
          select r.position, r.kind, r.status, (r."whenEarliest" is not null or r."whenLatest" is not null) as dated,
            ${start(sql`r."whenEarliest"`)} as first, ${start(sql`r."whenLatest"`)} as last
          from "Revision" r where ${join(conditions, ' and ')}
        )
        select null::text[] as "group", c.dated, c.first, c.last, count(*)::int as count
        from chosen c group by c.dated, c.first, c.last
        ${groups}
        limit ${limit}`,
  )
}

// Whoever acts for somebody counts for both, as in a filter. A development is once in each group, however often it names it.
const actors = (alias: string, condition: Prisma.Sql) => {
  const name = Prisma.raw(alias)
  return {
    value: sql`${name}.id`,
    from: sql`left join (
      select distinct p.position, a.id from "Participation" p join chosen c on c.position = p.position
      cross join lateral (values (p."actorId"), (p."onBehalfOfId")) as a (id)
      where a.id is not null and ${condition}
    ) ${name} on ${name}.position = c.position`,
  }
}

const dimensions: Record<TallyDimension, { readonly value: Prisma.Sql; readonly from?: Prisma.Sql }> = {
  KIND: { value: sql`c.kind::text` },
  STATUS: { value: sql`c.status::text` },
  MEDIATOR: actors('mediator', sql`p.role = 'MEDIATOR'`),
  ACTOR: actors('actor', sql`true`),
  OUTLET: {
    value: sql`outlet.id`,
    from: sql`left join (
      select distinct t.position, s."outletId" as id from "Citation" t join chosen c on c.position = t.position
      join "Report" s on s.id = t."reportId" where s."outletId" is not null
    ) outlet on outlet.position = c.position`,
  },
}
