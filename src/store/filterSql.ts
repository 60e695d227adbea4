import type { ActorInRole, Filter } from '../domain/filter.ts'
import { Prisma } from './prisma/client.ts'

const { sql, join } = Prisma

/**
 * The filter as a condition on revision `r`: the same meaning as `passes` in domain/filter, which the feed uses.
 * Actors and outlets are looked up in the facets by their GIN index.
 */
export function filterSql(filter: Filter): Prisma.Sql {
  const { processes, kinds, statuses, actors, outlets, from, to } = filter
  const conditions: Prisma.Sql[] = []
  if (processes !== undefined) conditions.push(sql`r."processId" = any(${[...processes]})`)
  if (kinds !== undefined) conditions.push(sql`r.kind = any(${[...kinds]}::"Kind"[])`)
  if (statuses !== undefined) conditions.push(sql`r.status = any(${[...statuses]}::"Status"[])`)
  for (const wanted of actors ?? []) conditions.push(takesPart(wanted))
  if (outlets !== undefined) conditions.push(any(outlets.map((outlet) => ({ outlets: [outlet] }))))
  if (from !== undefined || to !== undefined) {
    conditions.push(sql`(r."whenEarliest" is not null or r."whenLatest" is not null)`)
  }
  if (from !== undefined) conditions.push(sql`(r."whenLatest" is null or r."whenLatest" >= ${from}::timestamptz)`)
  if (to !== undefined) conditions.push(sql`(r."whenEarliest" is null or r."whenEarliest" <= ${to}::timestamptz)`)
  return conditions.length === 0 ? sql`true` : join(conditions, ' and ')
}

function takesPart({ actor, roles }: ActorInRole): Prisma.Sql {
  const ways = [{ id: actor }, { onBehalfOf: actor }]
  const wanted = roles === undefined ? ways : ways.flatMap((way) => roles.map((role) => ({ ...way, role })))
  return any(wanted.map((member) => ({ actors: [member] })))
}

function any(facets: readonly object[]): Prisma.Sql {
  if (facets.length === 0) return sql`false`
  return sql`(${join(
    facets.map((facet) => sql`r.facets @> ${JSON.stringify(facet)}::jsonb`),
    ' or ',
  )})`
}
