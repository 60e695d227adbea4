import type { Pool } from 'pg'
import type { Kind } from '../domain/kind.ts'
import { families, familyOf, isWanted, type Selection } from './exportFamily.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'

const { sql } = Prisma

/** A dispatch's place in the order of arrival: the head when it came, then its id. */
export interface Arrival {
  readonly arrivedAt: number
  readonly id: string
}

/** Before everything that ever arrived. */
export const firstArrival: Arrival = { arrivedAt: -1, id: '' }

/** A dispatch with what of it is wanted, and its report as the record has it. */
export interface ExportedDispatch extends Arrival {
  readonly body: unknown
  /** Refs of those of its developments that are wanted. */
  readonly refs: readonly string[]
  readonly title: string | null
  readonly url: string | null
  readonly language: string
  readonly credits: readonly string[]
  readonly knownAt: Date
}

export interface Bounds {
  /** How many dispatches are looked at. */
  readonly scan: number
  /** After how many bytes, as they are stored, no further body is read; one is always. */
  readonly bytes: number
}

/**
 * The next dispatches that tell of what is wanted, in the order of arrival. `next`: where to go on; null: that is all.
 * Looks at a bounded number however few of them are wanted, so that a page takes no longer where a filter lets little pass.
 */
export async function readDispatches(
  pool: Pool,
  selection: Selection,
  after: Arrival,
  { scan, bytes }: Bounds,
): Promise<{ dispatches: ExportedDispatch[]; next: Arrival | null }> {
  const rows = await query<Nullable<ExportedDispatch> & End>(
    pool,
    sql`with recursive ${families(selection.viewpoint)}, scanned as (
          select e."arrivedAt", e."dispatchId" from "Evidence" e
          where (e."arrivedAt", e."dispatchId") > (${after.arrivedAt}::int, ${after.id}::text)
            and e."arrivedAt" < ${selection.viewpoint.position}::int
          group by 1, 2 order by 1, 2 limit ${scan}),
        told as (
          select k."arrivedAt", k."dispatchId", wanted.refs,
            sum(pg_column_size(s.body)) over (order by k."arrivedAt", k."dispatchId") - pg_column_size(s.body) as before
          from scanned k join "Dispatch" s on s.id = k."dispatchId"
          cross join lateral (
            select array_agg(e."developmentId" order by e."developmentId") as refs from "Evidence" e
            where e."arrivedAt" = k."arrivedAt" and e."dispatchId" = k."dispatchId" and ${counts(selection)}) wanted
          where wanted.refs is not null),
        ends as (
          select (array_agg("arrivedAt" order by "arrivedAt" desc, "dispatchId" desc))[1] as "endAt",
            (array_agg("dispatchId" order by "arrivedAt" desc, "dispatchId" desc))[1] as "endId",
            count(*)::int as scanned, (select count(*)::int from told) as told
          from scanned)
        select ends.*, page.* from ends left join (
          select l."arrivedAt", l."dispatchId" as id, l.refs, s.body, p.title, p.url, p.language, p.credits, p."knownAt"
          from told l join "Dispatch" s on s.id = l."dispatchId" join "Report" p on p.id = s."reportId"
          where l.before < ${bytes}) page on true
        order by page."arrivedAt", page.id`,
  )
  const { endAt, endId, scanned, told } = rows[0] as End
  const dispatches = rows.flatMap(({ endAt: _a, endId: _i, scanned: _s, told: _t, ...row }) =>
    row.id === null ? [] : [row as ExportedDispatch],
  )
  const last = dispatches.at(-1)
  if (last !== undefined && dispatches.length < told) return { dispatches, next: keyOf(last) }
  return { dispatches, next: scanned < scan ? null : { arrivedAt: endAt as number, id: endId as string } }
}

/** A development as links name it, and the first dispatch of the export that tells of it; null: none does. */
export interface Introduction {
  readonly ref: string
  readonly kind: Kind
  readonly process: string
  readonly first: Arrival | null
  /** What is left of it is a tombstone, written by the viewpoint's position. */
  readonly retracted: boolean
}

/** For each ref, what introduces it. */
export async function readIntroductions(
  pool: Pool,
  selection: Selection,
  refs: readonly string[],
): Promise<Map<string, Introduction>> {
  if (refs.length === 0) return new Map()
  const rows = await query<Omit<Introduction, 'first'> & Nullable<Arrival>>(
    pool,
    sql`with recursive ${families(selection.viewpoint)}
        select d.id as ref, d.kind, d."processId" as process, f."arrivedAt", f."dispatchId" as id,
          d.withheld and exists (select 1 from "Revision" t where t."developmentId" = d.id
            and t."supersededBy" is null and t.action = 'RETRACTED' and t.position <= ${selection.viewpoint.position}) as retracted
        from "Development" d left join lateral (
          select e."arrivedAt", e."dispatchId" from "Evidence" e
          where e."developmentId" = d.id and ${counts(selection)}
          order by 1, 2 limit 1) f on true
        where d.id = any(${[...refs]})`,
  )
  return new Map(
    rows.map(({ arrivedAt, id, ...row }) => [
      row.ref,
      { ...row, first: arrivedAt === null || id === null ? null : { arrivedAt, id } },
    ]),
  )
}

/** Whether one arrived before the other. */
export function isBefore(a: Arrival, b: Arrival): boolean {
  return a.arrivedAt < b.arrivedAt || (a.arrivedAt === b.arrivedAt && a.id < b.id)
}

function keyOf({ arrivedAt, id }: Arrival): Arrival {
  return { arrivedAt, id }
}

/**
 * Whether evidence `e` is part of what the viewpoint shows of a wanted development. What a dispatch tells of one is there
 * once the last revision that it made of it is; what made none once the feed has moved on.
 */
export function counts(selection: Selection): Prisma.Sql {
  const { position, asOf } = selection.viewpoint
  const development = sql`e."developmentId"`
  const published =
    asOf === null
      ? sql`true`
      : sql`exists (select 1 from "Dispatch" y join "Report" z on z.id = y."reportId"
              where y.id = e."dispatchId" and z."knownAt" <= ${asOf})`
  return sql`coalesce((select max(x.position) from "Revision" x
      where x."dispatchId" = e."dispatchId" and x."developmentId" = any(${familyOf(development)})), e."arrivedAt" + 1) <= ${position}
    and ${published}
    and ${isWanted(selection, development)}`
}

type Nullable<T> = { [K in keyof T]: T[K] | null }
interface End {
  readonly endAt: number | null
  readonly endId: string | null
  readonly scanned: number
  readonly told: number
}
