import type { Pool } from 'pg'
import type { Claim } from '../domain/claim.ts'

/** What a claim says, and where its passage comes from. */
export interface SourcedClaim extends Pick<Claim, 'aspect' | 'key' | 'value' | 'negated' | 'rank'> {
  readonly position: number
  readonly origin: string | undefined
  readonly report: string
  readonly outlet: string | null
}

/** All claims of several revisions, each with its source. */
export async function loadSourcedClaims(pool: Pool, positions: readonly number[]): Promise<SourcedClaim[]> {
  const { rows } = await pool.query<SourcedClaim & { origin: string | null }>({
    name: 'sourced claims',
    text: `select c.position, c.aspect, c.key, c.value, c.negated, c.rank, t.origin, t."reportId" as report, p."outletId" as outlet
           from "Claim" c join "Citation" t on t.position = c.position and t.ordinal = c."citationNo"
           join "Report" p on p.id = t."reportId" where c.position = any($1)`,
    values: [positions],
  })
  return rows.map((row) => ({ ...row, origin: row.origin ?? undefined }))
}
