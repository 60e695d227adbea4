import type { Pool, QueryResultRow } from 'pg'
import type { Prisma } from './prisma/client.ts'

/** Runs composed SQL; every value in it goes as a parameter. */
export async function query<Row extends QueryResultRow>(pool: Pool, sql: Prisma.Sql): Promise<Row[]> {
  const { rows } = await pool.query<Row>(sql.text, sql.values as unknown[])
  return rows
}
