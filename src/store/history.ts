import type { Pool } from 'pg'
import type { Viewpoint } from './viewpoint.ts'

/** The positions of all versions of developments up to the viewpoint, by development, in the order of the feed. */
export async function listHistory(
  pool: Pool,
  { position, asOf }: Viewpoint,
  developments: readonly string[],
): Promise<Map<string, number[]>> {
  const { rows } = await pool.query<{ development: string; positions: number[] }>({
    name: 'list history',
    text: `select "developmentId" as development, array_agg(position order by position) as positions from "Revision"
           where "developmentId" = any($1) and position <= $2 and ($3::timestamptz is null or "knownAt" <= $3)
           group by "developmentId"`,
    values: [developments, position, asOf],
  })
  return new Map(rows.map(({ development, positions }) => [development, positions]))
}
