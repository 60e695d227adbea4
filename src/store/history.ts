import type { Pool } from 'pg'
import { Prisma } from './prisma/client.ts'
import { query } from './query.ts'
import type { Viewpoint } from './viewpoint.ts'

const { sql } = Prisma

/** The positions of the versions of developments that meet a condition on `r`, by development, in the order of the feed. */
export async function listVersions(
  pool: Pool,
  condition: Prisma.Sql,
  developments: readonly string[],
): Promise<Map<string, number[]>> {
  const rows = await query<{ development: string; positions: number[] }>(
    pool,
    sql`select r."developmentId" as development, array_agg(r.position order by r.position) as positions
        from "Revision" r where r."developmentId" = any(${[...developments]}) and ${condition} group by r."developmentId"`,
  )
  return new Map(rows.map(({ development, positions }) => [development, positions]))
}

/** The same, of all versions up to the viewpoint. */
export function listHistory(pool: Pool, { position, asOf }: Viewpoint, developments: readonly string[]) {
  const until = sql`r.position <= ${position}`
  return listVersions(pool, asOf === null ? until : sql`${until} and r."knownAt" <= ${asOf}`, developments)
}
