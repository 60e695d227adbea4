import type { Pool } from 'pg'
import type { Change, CorrectionBasis } from '../domain/correction.ts'
import type { Kind } from '../domain/kind.ts'
import type { Selection } from './exportDispatches.ts'
import { filterSql } from './filterSql.ts'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import { visibleFrom } from './viewpoint.ts'

const { sql } = Prisma

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

/** What the desk corrected in one development, as it was recorded. */
export interface ExportedCorrection {
  readonly id: number
  readonly ref: string
  readonly reason: string
  readonly basis: CorrectionBasis
  readonly knownAt: Date
  readonly body: {
    readonly headline?: string
    readonly summary?: string
    readonly changes: readonly Change[]
  }
}

/** The corrections of what is wanted that hold from the viewpoint, in the order in which they were recorded. */
export async function readCorrections(
  pool: Pool,
  { viewpoint, filter }: Selection,
  after: number,
  limit: number,
): Promise<ExportedCorrection[]> {
  const { position, asOf } = viewpoint
  const holds = asOf === null ? sql`true` : sql`(a.basis = 'OUR_MISTAKE' or a."knownAt" <= ${asOf})`
  return query<ExportedCorrection>(
    pool,
    sql`select a.id, a."developmentId" as ref, a.reason, a.basis, a."knownAt", a.body
        from "DeskAction" a
        where a.kind = 'CORRECT' and a.id > ${after} and ${holds}
          and coalesce(
            (select max(x.position) <= ${position} from "Revision" x
             where x."developmentId" = a."developmentId" and x."deskActionId" = a.id),
            a."recordedAt" <= (select y."recordedAt" from "Revision" y where y.position = ${position}))
          and exists (select 1 from "Revision" r
            where r."developmentId" = a."developmentId" and ${visibleFrom(viewpoint)} and ${filterSql(filter)})
        order by a.id limit ${limit}`,
  )
}
