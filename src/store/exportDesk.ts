import type { Pool } from 'pg'
import type { Change, CorrectionBasis } from '../domain/correction.ts'
import type { Kind } from '../domain/kind.ts'
import type { Selection as Divided } from '../domain/mending.ts'
import { doneAt } from './deskAction.ts'
import { counts } from './exportDispatches.ts'
import { families, isDone, isWanted, type Selection } from './exportFamily.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'

const { raw, sql } = Prisma

/** What readers see of a retracted development. */
export interface ExportedRetraction {
  readonly position: number
  readonly ref: string
  readonly kind: Kind
  readonly process: string
  readonly reason: string
}

/** The tombstones that stand, in the order of the feed. */
export async function readRetractions(
  pool: Pool,
  { viewpoint }: Selection,
  after: number,
  limit: number,
): Promise<ExportedRetraction[]> {
  return query<ExportedRetraction>(
    pool,
    sql`select r.position, d.id as ref, d.kind, d."processId" as process, coalesce(r.reason, '') as reason
        from "Development" d join "Revision" r on r."developmentId" = d.id and r."supersededBy" is null
        where d.withheld and r.action = 'RETRACTED' and r.position > ${after} and r.position <= ${viewpoint.position}
        order by r.position limit ${limit}`,
  )
}

/** What the desk did to developments or to a report, as it was recorded. */
export interface ExportedAct {
  readonly id: number
  readonly kind: 'CORRECT' | 'MERGE' | 'SPLIT' | 'RETRACT_REPORT'
  readonly ref: string
  /** Of a merge the development that holds both; of a split the one that was split off. */
  readonly other: string
  readonly report: string
  readonly development: { readonly kind: Kind; readonly process: string }
  readonly reason: string
  readonly basis: CorrectionBasis
  readonly knownAt: Date
  /** When a desk did it, here or where it was taken over from. */
  readonly doneAt: Date
  readonly body: {
    readonly headline?: string
    readonly summary?: string
    readonly changes: readonly Change[]
    readonly selection: Divided
  }
}

/** What the desk did to what is wanted, and holds from the viewpoint, in the order in which it was recorded. */
export async function readActs(pool: Pool, selection: Selection, after: number, limit: number): Promise<ExportedAct[]> {
  const { asOf } = selection.viewpoint
  const holds =
    asOf === null ? sql`true` : sql`(a.kind <> 'CORRECT' or a.basis = 'OUR_MISTAKE' or a."knownAt" <= ${asOf})`
  return query<ExportedAct>(
    pool,
    sql`with recursive ${families(selection.viewpoint)}
        select a.id, a.kind, a."developmentId" as ref, a."otherId" as other, a."reportId" as report, a.reason, a.basis,
          a."knownAt", a.body, ${raw(doneAt)} as "doneAt", json_build_object('kind', d.kind, 'process', d."processId") as development
        from "DeskAction" a left join "Development" d on d.id = a."developmentId"
        where a.id > ${after} and ${holds} and ${isDone(selection.viewpoint)} and case
          when a.kind in ('CORRECT', 'MERGE', 'SPLIT') then ${isWanted(selection, sql`a."developmentId"`)}
          when a.kind = 'RETRACT_REPORT' then exists (select 1
            from "Dispatch" s join "Evidence" e on e."dispatchId" = s.id where s."reportId" = a."reportId" and ${counts(selection)})
          else false end
        order by a.id limit ${limit}`,
  )
}
