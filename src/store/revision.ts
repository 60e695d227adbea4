import type { Pool } from 'pg'
import type { FieldChange } from '../domain/changes.ts'
import type { Facets } from '../domain/facets.ts'
import type { When } from '../domain/when.ts'
import type { Revision } from './prisma/client.ts'

/** A revision without what lies in other tables, and without what only filters and versions read. */
export type RevisionRow = Omit<Revision, 'facets' | 'changes' | 'when'> & {
  readonly when: When | null
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

const selected = columns.map((column) => `r."${column}"`).join(', ')

/** The revisions at the positions; none for a position that there is not. */
export async function readRevisions(pool: Pool, positions: readonly number[]): Promise<Map<number, RevisionRow>> {
  const { rows } = await pool.query<RevisionRow>({
    name: 'read revisions',
    text: `select ${selected}, d.withheld, case when r.action = 'MERGED' then a."otherId" end as "mergedInto"
           from "Revision" r join "Development" d on d.id = r."developmentId" left join "DeskAction" a on a.id = r."deskActionId"
           where r.position = any($1)`,
    values: [positions],
  })
  return new Map(rows.map((row) => [row.position, row]))
}

/** What few ask for of a revision, and is long or lies elsewhere. */
interface Further {
  facets: Facets
  changes: FieldChange[]
  /** The report that brought it, by id; none for what the desk did. */
  report: string
}

const further: Readonly<Record<keyof Further, string>> = {
  facets: 'select position, facets as value from "Revision" where position = any($1)',
  changes: 'select position, changes as value from "Revision" where position = any($1)',
  report:
    'select r.position, d."reportId" as value from "Revision" r join "Dispatch" d on d.id = r."dispatchId" where r.position = any($1)',
}

/** One thing of that, of the revisions at the positions. */
export async function readFurther<Name extends keyof Further>(
  pool: Pool,
  name: Name,
  positions: readonly number[],
): Promise<Map<number, Further[Name]>> {
  const { rows } = await pool.query<{ position: number; value: Further[Name] }>({
    name: `read ${name} of revisions`,
    text: further[name],
    values: [positions],
  })
  return new Map(rows.map(({ position, value }) => [position, value]))
}
