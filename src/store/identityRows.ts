import type { Pool, QueryResultRow } from 'pg'
import { columnsOf } from './columns.ts'
import type { Prisma } from './prisma/client.ts'

type ActorRow = Prisma.ActorGetPayload<object>
type PlaceRow = Prisma.PlaceGetPayload<object>
type OutletRow = Prisma.OutletGetPayload<object>
type ReportRow = Prisma.ReportGetPayload<object>
type ProcessRow = Prisma.ProcessGetPayload<object>

/** Tables of identities whose rows are asked for by id, many at a time, from all over an answer. */
export interface IdentityRows {
  Actor: ActorRow
  Place: PlaceRow
  Outlet: OutletRow
  Report: ReportRow
  Process: ProcessRow
}

/** The rows of the ids, in their order; null where there is none. One prepared statement, however many there are. */
export async function readIdentities<T extends keyof IdentityRows>(
  pool: Pool,
  table: T,
  ids: readonly string[],
): Promise<(IdentityRows[T] | null)[]> {
  const { rows } = await pool.query<IdentityRows[T] & QueryResultRow>({
    name: `read ${table}`,
    text: `select ${columnsOf(table)} from "${table}" where id = any($1)`,
    values: [ids],
  })
  const byId = new Map<string, IdentityRows[T]>(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id) ?? null)
}
