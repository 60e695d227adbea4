import type { Pool } from 'pg'
import type { Revision } from './prisma/client.ts'

/** A revision without what lies in other tables, and without what only filters and versions read. */
export type FlatRevision = Omit<Revision, 'facets' | 'changes'> & {
  /** Its development is retracted or merged now. */
  readonly withheld: boolean
}

const columns = [
  ...['position', 'tag', 'developmentId', 'processId', 'kind', 'number', 'action', 'reason', 'knownAt', 'knownUntil'],
  ...['recordedAt', 'supersededBy', 'replaces', 'dispatchId', 'deskActionId', 'headline', 'summary', 'when'],
  ...['whenEarliest', 'whenLatest', 'placeId', 'status', 'reportCount', 'independentSourceCount'],
] as const satisfies readonly (keyof Revision)[]

/** The columns of a flat revision. */
export const flatColumns: ReadonlySet<string> = new Set(columns)

const selected = columns.map((column) => `r."${column}"`).join(', ')

/** The revisions at the positions, in any order; none for a position that there is not. */
export async function readRevisions(pool: Pool, positions: readonly number[]): Promise<FlatRevision[]> {
  const { rows } = await pool.query<FlatRevision>({
    name: 'read revisions',
    text: `select ${selected}, d.withheld from "Revision" r join "Development" d on d.id = r."developmentId"
           where r.position = any($1)`,
    values: [positions],
  })
  return rows
}
