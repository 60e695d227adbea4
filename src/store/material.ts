import type { ClientBase, Pool } from 'pg'
import type { Change, CorrectionBasis } from '../domain/correction.ts'
import type { Evidence } from '../domain/evidence.ts'
import type { Kind } from '../domain/kind.ts'
import { type Act, distribute, type Held, type Selection } from '../domain/mending.ts'
import type { DeskActionRow } from './deskAction.ts'

type Arrived = Evidence & { readonly arrivedAt: number }

/** What the record holds of one development, as the pen needs it to write on. */
export interface Recorded extends Held<Arrived> {
  readonly id: string
  readonly kind: Kind
  readonly process: string
  readonly withheld: boolean
  /** The development that holds it now. */
  readonly mergedInto: string | null
  readonly revisions: number
  /** Position of the current revision; null before the first. */
  readonly current: number | null
  /** Whether it was merged or split, or a report that tells it was retracted: a dispatch may change others than it names. */
  readonly mended: boolean
  /** The desk's action that made the current revision; null: a dispatch did. */
  readonly by: { readonly id: number; readonly kind: DeskActionRow['kind'] } | null
}

/** A place in the past: what arrived and was done before it. */
export interface Past {
  readonly position: number
  readonly action: number
}

// All that evidence can have been moved to or from: with one of them come the others.
// An array, so that the planner looks each of them up, however many it thinks there may be.
const family = `array(with recursive family as (
    select id from unnest($1::text[]) id
    union
    select n.id from family f cross join lateral (
      select a."otherId" as id from "DeskAction" a where a."developmentId" = f.id and a."otherId" is not null
      union all
      select a."developmentId" from "DeskAction" a where a."otherId" = f.id and a."otherId" is not null
    ) n
  ) select id from family)`

/**
 * Loads the inputs of the fold for several developments at once, and for those that merges and splits tie to them.
 * Unknown ids are left out. With `past`, they are as they were before it.
 */
export async function loadRecorded(
  client: ClientBase | Pool,
  ids: readonly string[],
  past?: Past,
): Promise<Map<string, Recorded>> {
  if (ids.length === 0) return new Map()
  const { rows } = await client.query<Row>(
    `select d.id, d.kind, d."processId" as process, d.withheld, d."mergedIntoId" as "mergedInto",
       (select count(*)::int from "Revision" r where r."developmentId" = d.id) as revisions,
       (select r.position from "Revision" r where r."developmentId" = d.id and r."supersededBy" is null) as current,
       (select json_build_object('id', a.id, 'kind', a.kind) from "Revision" r join "DeskAction" a on a.id = r."deskActionId"
         where r."developmentId" = d.id and r."supersededBy" is null) as by,
       coalesce((
         select json_agg(json_build_object(
           'dispatch', e."dispatchId", 'original', s.body->'copyOf'->>'dispatch', 'report', p.id, 'outlet', p."outletId", 'arrivedAt', e."arrivedAt",
           'knownAt', p."knownAt", 'publishedFrom', p.published->>'earliest', 'account', e.body, 'retraction', x.retraction)
           order by e."dispatchId")
         from "Evidence" e join "Dispatch" s on s.id = e."dispatchId" join "Report" p on p.id = s."reportId"
         left join lateral (
           select json_build_object('id', a.id, 'reason', a.reason) as retraction from "DeskAction" a where a."reportId" = p.id
         ) x on true
         where e."developmentId" = d.id), '[]') as evidence,
       coalesce((
         select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'ref', d.id, 'other', a."otherId", 'basis', a.basis,
           'knownAt', a."knownAt", 'reason', a.reason, 'body', a.body))
         from "DeskAction" a where a."developmentId" = d.id and a.kind::text in ('CORRECT', 'MERGE', 'SPLIT')), '[]') as acts
     from "Development" d where d.id = any(${family})`,
    [ids],
  )
  const arrived = (row: EvidenceRow) => past === undefined || row.arrivedAt < past.position
  const done = ({ id }: { readonly id: number }) => past === undefined || id < past.action
  const held = distribute(
    rows.flatMap(({ evidence }) => evidence.filter(arrived).map((row) => evidenceOf(row, done))),
    rows.flatMap(({ acts }) => acts.filter(done).map(actOf)).sort((a, b) => a.id - b.id),
  )
  const moved = new Set(
    rows.flatMap(({ acts }) => acts.flatMap(({ ref, other }) => (other === null ? [] : [ref, other]))),
  )
  return new Map(
    rows.map(({ evidence: told, acts: _, ...row }) => {
      const mended = moved.has(row.id) || told.some(({ retraction }) => retraction !== null)
      return [row.id, { ...row, mended, ...(held.get(row.id) ?? { evidence: [], corrections: [], names: [row.id] }) }]
    }),
  )
}

/** The refs under which dispatches of a report tell something. */
export async function toldBy(client: ClientBase, report: string): Promise<string[]> {
  const { rows } = await client.query<{ ref: string }>(
    `select distinct jsonb_path_query(body, '$.developments[*].ref') #>> '{}' as ref from "Dispatch" where "reportId" = $1`,
    [report],
  )
  return rows.map(({ ref }) => ref)
}

interface Row extends Omit<Recorded, keyof Held | 'mended'> {
  readonly evidence: EvidenceRow[]
  readonly acts: ActRow[]
}

interface EvidenceRow extends Omit<Arrived, 'retracted'> {
  readonly retraction: { readonly id: number; readonly reason: string } | null
}

interface ActRow {
  readonly id: number
  readonly kind: Act['kind']
  readonly ref: string
  /** Of a merge or split the other development. */
  readonly other: string | null
  readonly basis: CorrectionBasis
  readonly knownAt: string
  readonly reason: string
  readonly body: { headline?: string; summary?: string; changes: Change[]; selection: Selection }
}

function evidenceOf({ retraction, ...row }: EvidenceRow, done: (act: { readonly id: number }) => boolean): Arrived {
  const evidence = { ...row, knownAt: instant(row.knownAt) }
  return retraction !== null && done(retraction) ? { ...evidence, retracted: retraction.reason } : evidence
}

function actOf({ id, kind, ref, other, basis, knownAt, reason, body }: ActRow): Act {
  const { headline, summary } = body
  switch (kind) {
    case 'CORRECT':
      return { id, kind, ref, correction: { basis, reason, ...body, knownAt: instant(knownAt) } }
    case 'MERGE':
      return { id, kind, ref, into: other as string }
    case 'SPLIT': {
      const wording = headline === undefined ? undefined : { headline, summary }
      return { id, kind, from: ref, ref: other as string, selection: body.selection, wording }
    }
    default:
      return kind satisfies never
  }
}

/** PostgreSQL's text for a moment, as the domain compares it: UTC to the millisecond. */
function instant(text: string): string {
  return new Date(text).toISOString()
}
