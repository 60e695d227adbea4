import { relations } from '../domain/claim.ts'
import type { ActorInRole, Filter } from '../domain/filter.ts'
import { type Box, boxAround, type Circle, reach, stripes } from '../domain/geography.ts'
import { linkTypes } from '../domain/link.ts'
import { responses } from '../domain/response.ts'
import { Prisma } from './prisma/client.ts'

const { sql, join, raw } = Prisma

/**
 * The filter as a condition on revision `r`: the same meaning as `passes` in domain/filter, which the feed uses.
 * Null counts as false. Each member can be looked up in an index of its own; lists of the content in that of the facets.
 */
export function filterSql(filter: Filter): Prisma.Sql {
  const { and = [], or, not } = filter
  const conditions = [...and.map(filterSql), ...membersSql(filter)]
  if (or !== undefined) conditions.push(some(or.map(filterSql)))
  // `not` of null would be null, and so false, where the part is false.
  if (not !== undefined) conditions.push(sql`(${filterSql(not)}) is not true`)
  return conditions.length === 0 ? sql`true` : sql`(${join(conditions, ' and ')})`
}

function membersSql(filter: Filter): Prisma.Sql[] {
  const {
    developments,
    processes,
    kinds,
    statuses,
    actors = [],
    outlets,
    reports,
    precisions,
    places,
    countries,
    near,
    box,
  } = filter
  const { from, to, knownFrom, knownTo, reportsAtLeast, independentSourcesAtLeast } = filter
  const { disagreement, link, codes = {}, invitation } = filter
  const conditions: Prisma.Sql[] = []
  if (developments !== undefined) conditions.push(sql`r."developmentId" = any(${[...developments]})`)
  if (processes !== undefined) conditions.push(sql`r."processId" = any(${[...processes]})`)
  if (kinds !== undefined) conditions.push(sql`r.kind = any(${[...kinds]}::"Kind"[])`)
  if (statuses !== undefined) conditions.push(sql`r.status = any(${[...statuses]}::"Status"[])`)
  for (const wanted of actors) conditions.push(takesPart(wanted))
  if (outlets !== undefined) conditions.push(holdsAny(outlets.map((outlet) => ({ outlets: [outlet] }))))
  if (reports !== undefined) conditions.push(holdsAny(reports.map((report) => ({ reports: [report] }))))
  if (from !== undefined || to !== undefined) conditions.push(happened(filter))
  if (precisions !== undefined) conditions.push(holdsAny(precisions.map((precision) => ({ precision }))))
  if (places !== undefined) conditions.push(holdsAny(places.map((place) => ({ places: [place] }))))
  if (countries !== undefined) conditions.push(holdsAny(countries.map((country) => ({ country }))))
  if (near !== undefined) conditions.push(isNear(near))
  if (box !== undefined) conditions.push(isWithin(box))
  if (knownFrom !== undefined) conditions.push(sql`r."knownAt" >= ${knownFrom}::timestamptz`)
  if (knownTo !== undefined) conditions.push(sql`r."knownAt" <= ${knownTo}::timestamptz`)
  if (reportsAtLeast !== undefined) conditions.push(sql`r."reportCount" >= ${reportsAtLeast}`)
  if (independentSourcesAtLeast !== undefined) {
    conditions.push(sql`r."independentSourceCount" >= ${independentSourcesAtLeast}`)
  }
  if (disagreement !== undefined) {
    // Spelled out: the index finds only what has a value.
    const related = (disagreement.relations ?? relations).map((relation) => ({ relation }))
    conditions.push(holdsAny(each(related, 'aspect', disagreement.aspects).map((d) => ({ disagreements: [d] }))))
  }
  if (link !== undefined) {
    const typed = (link.types ?? linkTypes).map((type) => ({ type }))
    conditions.push(holdsAny(each(typed, 'to', link.to).map((l) => ({ links: [l] }))))
  }
  for (const [name, wanted] of Object.entries(codes)) {
    if (wanted !== undefined) conditions.push(holdsAny(wanted.map((code) => ({ codes: { [name]: code } }))))
  }
  if (invitation !== undefined) {
    const answered = (invitation.responses ?? responses).map((response) => ({ response }))
    const ways = ['invitee', 'respondedBy'].flatMap((who) => each(answered, who, invitation.actors))
    conditions.push(holdsAny(ways.map((i) => ({ invitations: [i] }))))
  }
  return conditions
}

function takesPart({ actor, roles }: ActorInRole): Prisma.Sql {
  const ways = [{ id: actor }, { onBehalfOf: actor }]
  return holdsAny(each(ways, 'role', roles).map((member) => ({ actors: [member] })))
}

/** Every part with every value of one member more; no values wanted: the parts as they are. */
function each(parts: readonly object[], member: string, values: readonly string[] | undefined): object[] {
  return values === undefined
    ? [...parts]
    : parts.flatMap((part) => values.map((value) => ({ ...part, [member]: value })))
}

function happened({ from, to, match }: Filter): Prisma.Sql {
  const date = sql`tstzrange(r."whenEarliest", r."whenLatest", '[]')`
  const window = sql`tstzrange(${from ?? null}::timestamptz, ${to ?? null}::timestamptz, '[]')`
  if (match === 'CERTAINLY_WITHIN') return sql`${date} <@ ${window}`
  return sql`(${date} && ${window} and (r."whenEarliest" is not null or r."whenLatest" is not null))`
}

const latitude = raw(`(r.facets ->> 'latitude')::float8`)
const longitude = raw(`(r.facets ->> 'longitude')::float8`)

function isNear(circle: Circle): Prisma.Sql {
  const north = sql`power(sin(radians(${latitude} - ${circle.latitude}::float8) / 2), 2)`
  const east = sql`power(sin(radians(${longitude} - ${circle.longitude}::float8) / 2), 2)`
  const cosines = sql`cos(radians(${circle.latitude}::float8)) * cos(radians(${latitude}))`
  return sql`(${isWithin(boxAround(circle))} and ${north} + ${cosines} * ${east} <= ${reach(circle)}::float8)`
}

function isWithin(box: Box): Prisma.Sql {
  return some(
    stripes(box).map(
      ({ south, west, north, east }) => sql`point(${longitude}, ${latitude}) <@
        box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8))`,
    ),
  )
}

function holdsAny(facets: readonly object[]): Prisma.Sql {
  return some(facets.map((facet) => sql`r.facets @> ${JSON.stringify(facet)}::jsonb`))
}

function some(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? sql`false` : sql`(${join(conditions, ' or ')})`
}
