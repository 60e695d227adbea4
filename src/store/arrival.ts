import type { PoolClient } from 'pg'
import type { When } from '../domain/when.ts'

/** What the record holds of a report, as a dispatch that rests on it must have it. */
export interface KnownReport {
  readonly outlet: string | null
  readonly published: When
  /** ISO 8601, in UTC to the millisecond. */
  readonly knownAt: string
  readonly isRetracted: boolean
}

/** Which of these dispatches were accepted before. */
export async function arrived(client: PoolClient, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>('select id from "Dispatch" where id = any($1)', [ids])
  return new Set(rows.map((row) => row.id))
}

/** Those of the reports that the record has. */
export async function loadReports(client: PoolClient, ids: readonly string[]): Promise<Map<string, KnownReport>> {
  const { rows } = await client.query<Omit<KnownReport, 'knownAt'> & { id: string; knownAt: Date }>(
    `select id, "outletId" as outlet, published, "knownAt",
       exists (select 1 from "DeskAction" a where a."reportId" = p.id) as "isRetracted"
     from "Report" p where id = any($1)`,
    [ids],
  )
  return new Map(rows.map(({ id, knownAt, ...report }) => [id, { ...report, knownAt: knownAt.toISOString() }]))
}
