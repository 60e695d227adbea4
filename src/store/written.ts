import type { FieldChange } from '../domain/changes.ts'
import type { Action } from '../domain/revise.ts'
import type { Pen } from './pen.ts'

/** A revision as the transaction has written it. */
export interface Written {
  readonly position: number
  readonly ref: string
  readonly action: Action
  readonly headline: string
  readonly knownAt: Date
  readonly knownUntil: Date | null
  readonly changes: readonly FieldChange[]
  /** Of a merge's tombstone the development that holds this one now. */
  readonly mergedInto: string | null
}

/** What the transaction has written after a position, in the order of the feed: read back, not remembered. */
export async function readWritten({ client }: Pen, after: number): Promise<Written[]> {
  const { rows } = await client.query<Written>(
    `select r.position, r."developmentId" as ref, r.action, r.headline, r."knownAt", r."knownUntil", r.changes,
       case when r.action = 'MERGED' then a."otherId" end as "mergedInto"
     from "Revision" r left join "DeskAction" a on a.id = r."deskActionId" where r.position > $1 order by r.position`,
    [after],
  )
  return rows
}
