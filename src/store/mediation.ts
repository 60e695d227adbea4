import type { Pool } from 'pg'
import type { Filter } from '../domain/filter.ts'
import type { Kind } from '../domain/kind.ts'
import type { Role } from '../domain/role.ts'
import type { SpeechAct } from '../domain/statement.ts'
import type { Status } from '../domain/status.ts'
import type { Key } from './developmentList.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { type Viewpoint, visibleFrom } from './viewpoint.ts'
import { certainlyWithin, possiblyWithin, type Window } from './window.ts'

const { sql, join } = Prisma

/** Of which mediators, in which process, and of what may have happened when. */
export interface MediationQuestion {
  readonly actors: readonly string[]
  readonly process: string
  readonly window: Window
}

/** A development in which a mediator takes part, itself or through whoever acts for it. */
export interface Part {
  readonly actor: string
  readonly position: number
  readonly status: Status | null
  /** It certainly happened within the window. */
  readonly certain: boolean
}

const oldestFirst = sql`coalesce(r."whenEarliest", r."whenLatest", 'infinity'::timestamptz)`

/** The developments of one kind in which each of the mediators has a role, oldest first. */
export function listParts(
  pool: Pool,
  viewpoint: Viewpoint,
  question: MediationQuestion & { readonly role: Role; readonly kind: Kind; readonly only?: Filter },
): Promise<Part[]> {
  const { actors, process, window, role, kind, only = {} } = question
  const conditions = [
    inProcess(viewpoint, process),
    possiblyWithin(window),
    sql`r.kind = ${kind}::"Kind"`,
    filterSql(only),
  ]
  return query<Part>(
    pool,
    sql`select distinct a.id as actor, r.position, r.status, ${certainlyWithin(window)} as certain, ${oldestFirst} as sort
        from ${mediators(actors)} join "Participation" p on p.role = ${role}::"Role" and ${isOrActsFor}
        join "Revision" r on r.position = p.position
        where ${join(conditions, ' and ')} order by sort, r.position`,
  )
}

/**
 * The statements that accuse each of the mediators, oldest first: those aimed at it and, where none says at whom it is
 * aimed, those addressed to it.
 */
export function listAccusations(
  pool: Pool,
  viewpoint: Viewpoint,
  { actors, process, window }: MediationQuestion,
): Promise<Part[]> {
  const act: SpeechAct = 'ACCUSE'
  return query<Part>(
    pool,
    sql`select distinct a.id as actor, r.position, r.status, ${certainlyWithin(window)} as certain, ${oldestFirst} as sort
        from ${mediators(actors)} join "Participation" p on p.role in ('TARGET', 'ADDRESSEE') and ${isOrActsFor}
        join "Revision" r on r.position = p.position
        join "StatementDetail" s on s.position = r.position and s.act = ${act}::"SpeechAct"
        where ${inProcess(viewpoint, process)} and ${possiblyWithin(window)} and (p.role = 'TARGET' or not exists (
          select 1 from "Participation" t where t.position = r.position and t.role = 'TARGET'))
        order by sort, r.position`,
  )
}

export interface PartPage {
  readonly limit: number
  readonly backwards: boolean
  readonly after?: Key | undefined
  readonly before?: Key | undefined
}

/** For each of the mediators the keys of one page of all its developments, oldest first, and one more if there are more. */
export async function pageParts(
  pool: Pool,
  viewpoint: Viewpoint,
  { actors, process, window }: MediationQuestion,
  { limit, backwards, after, before }: PartPage,
): Promise<(Key & { readonly actor: string })[]> {
  const conditions = [inProcess(viewpoint, process), possiblyWithin(window), takesPart]
  const bound = ({ sort, position }: Key) => sql`(${sort}::timestamptz, ${position}::int)`
  if (after) conditions.push(sql`(${oldestFirst}, r.position) > ${bound(after)}`)
  if (before) conditions.push(sql`(${oldestFirst}, r.position) < ${bound(before)}`)
  const direction = backwards ? sql`desc` : sql`asc`
  const rows = await query<{ actor: string; position: number; sort: Date | number }>(
    pool,
    sql`select a.id as actor, d.position, d.sort from ${mediators(actors)} cross join lateral (
          select r.position, ${oldestFirst} as sort from "Revision" r where ${join(conditions, ' and ')}
          order by sort ${direction}, r.position ${direction} limit ${limit + 1}
        ) d order by a.id, d.sort ${direction}, d.position ${direction}`,
  )
  return rows.map(({ sort, ...row }) => ({ ...row, sort: sort instanceof Date ? sort.toISOString() : 'infinity' }))
}

/** How many developments each of the mediators takes part in: within the window, and of no date at all. */
export function countParts(
  pool: Pool,
  viewpoint: Viewpoint,
  { actors, process, window }: MediationQuestion,
): Promise<{ readonly actor: string; readonly within: number; readonly undated: number }[]> {
  return query(
    pool,
    sql`select a.id as actor, (count(*) filter (where ${possiblyWithin(window)}))::int as within,
          (count(*) filter (where r."whenEarliest" is null and r."whenLatest" is null))::int as undated
        from ${mediators(actors)} join "Revision" r on ${takesPart}
        where ${inProcess(viewpoint, process)} group by a.id`,
  )
}

/** The mediators as rows of one column `a.id`. */
export function mediators(actors: readonly string[]): Prisma.Sql {
  return sql`unnest(${[...actors]}::text[]) as a (id)`
}

/** Whether participation `p` is mediator `a`'s, or of whoever acts for it. */
export const isOrActsFor = sql`(p."actorId" = a.id or p."onBehalfOfId" = a.id)`

const takesPart = sql`exists (select 1 from "Participation" p where p.position = r.position and ${isOrActsFor})`

export function inProcess(viewpoint: Viewpoint, process: string): Prisma.Sql {
  return sql`r."processId" = ${process} and ${visibleFrom(viewpoint)}`
}
