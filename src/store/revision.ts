import type { Pool } from 'pg'
import type { Revision } from './prisma/client.ts'

/** A revision without what lies in other tables, and without what only filters and versions read. */
export type FlatRevision = Omit<Revision, 'facets' | 'changes'> & {
  /** Its development is retracted now, itself or with what holds it. */
  readonly withheld: boolean
  /** Of a merge's tombstone the development that holds this one from there. */
  readonly mergedInto: string | null
}

const columns = [
  ...['position', 'tag', 'developmentId', 'processId', 'kind', 'number', 'action', 'reason', 'knownAt', 'knownUntil'],
  ...['recordedAt', 'supersededBy', 'replaces', 'dispatchId', 'deskActionId', 'headline', 'summary', 'when'],
  ...['whenEarliest', 'whenLatest', 'placeId', 'status', 'reportCount', 'independentSourceCount', 'empty'],
] as const satisfies readonly (keyof Revision)[]

/** The columns of a flat revision. */
export const flatColumns: ReadonlySet<string> = new Set(columns)

const selected = columns.map((column) => `r."${column}"`).join(', ')

/** The revisions at the positions, in any order; none for a position that there is not. */
export async function readRevisions(pool: Pool, positions: readonly number[]): Promise<FlatRevision[]> {
  const { rows } = await pool.query<FlatRevision>({
    name: 'read revisions',
    text: `select ${selected}, d.withheld, case when r.action = 'MERGED' then a."otherId" end as "mergedInto"
           from "Revision" r join "Development" d on d.id = r."developmentId" left join "DeskAction" a on a.id = r."deskActionId"
           where r.position = any($1)`,
    values: [positions],
  })
  return rows
}
