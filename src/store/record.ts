import type { Pool } from 'pg'

/** Whether nobody has put anything into the record yet, not even a process. */
export async function isEmpty(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ empty: boolean }>('select not exists (select 1 from "Process") as empty')
  return rows[0]?.empty === true
}
