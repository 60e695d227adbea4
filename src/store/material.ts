import type { ClientBase, Pool } from 'pg'
import type { Change, Correction, CorrectionBasis } from '../domain/correction.ts'
import type { Account, Evidence } from '../domain/evidence.ts'
import type { Kind } from '../domain/kind.ts'

/** What the record holds of one development, as the pen needs it to write on. */
export interface Recorded {
  readonly id: string
  readonly kind: Kind
  readonly process: string
  readonly withheld: boolean
  readonly revisions: number
  /** Position of the current revision; null before the first. */
  readonly current: number | null
  readonly evidence: readonly (Evidence & { readonly arrivedAt: number })[]
  readonly corrections: readonly Correction[]
}

/** Loads the inputs of the fold for several developments at once. Unknown ids are left out. */
export async function loadRecorded(client: ClientBase | Pool, ids: readonly string[]): Promise<Map<string, Recorded>> {
  if (ids.length === 0) return new Map()
  const { rows } = await client.query<
    Omit<Recorded, 'evidence' | 'corrections'> & { evidence: EvidenceRow[]; corrections: CorrectionRow[] }
  >(
    `select d.id, d.kind, d."processId" as process, d.withheld,
       (select count(*)::int from "Revision" r where r."developmentId" = d.id) as revisions,
       (select r.position from "Revision" r where r."developmentId" = d.id and r."supersededBy" is null) as current,
       coalesce((
         select json_agg(json_build_object(
           'dispatch', e."dispatchId", 'original', s.body->'copyOf'->>'dispatch', 'report', p.id, 'outlet', p."outletId", 'arrivedAt', e."arrivedAt",
           'knownAt', p."knownAt", 'publishedFrom', p.published->>'earliest', 'account', e.body))
         from "Evidence" e join "Dispatch" s on s.id = e."dispatchId" join "Report" p on p.id = s."reportId"
         where e."developmentId" = d.id), '[]') as evidence,
       coalesce((
         select json_agg(json_build_object('basis', a.basis, 'knownAt', a."knownAt", 'reason', a.reason, 'body', a.body) order by a.id)
         from "DeskAction" a where a."developmentId" = d.id and a.kind = 'CORRECT'), '[]') as corrections
     from "Development" d where d.id = any($1)`,
    [ids],
  )
  return new Map(
    rows.map(({ evidence, corrections, ...row }) => [
      row.id,
      {
        ...row,
        evidence: evidence.map((e) => ({ ...e, knownAt: instant(e.knownAt) })),
        corrections: corrections.map(({ body, knownAt, ...c }) => ({ ...c, ...body, knownAt: instant(knownAt) })),
      },
    ]),
  )
}

interface EvidenceRow extends Evidence {
  readonly account: Account
  readonly arrivedAt: number
}

interface CorrectionRow {
  readonly basis: CorrectionBasis
  readonly knownAt: string
  readonly reason: string
  readonly body: { headline?: string; summary?: string; changes: Change[] }
}

/** PostgreSQL's text for a moment, as the domain compares it: UTC to the millisecond. */
function instant(text: string): string {
  return new Date(text).toISOString()
}
