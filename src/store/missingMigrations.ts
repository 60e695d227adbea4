import { readdir } from 'node:fs/promises'
import type { Pool } from 'pg'

/** Where this code's migrations are. */
export const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)

const UNDEFINED_TABLE = '42P01'
let names: Promise<readonly string[]> | undefined

/**
 * The migrations of this code that a database does not have: it was restored from an older backup, say, beneath a
 * running server. Rejects when it does not answer.
 */
export async function missingMigrations(pool: Pool): Promise<readonly string[]> {
  names ??= readNames()
  const known = await names
  try {
    const { rows } = await pool.query<{ name: string }>({
      name: 'missing migrations',
      text: `select name from unnest($1::text[]) name where not exists (select from _prisma_migrations
               where migration_name = name and finished_at is not null and rolled_back_at is null)`,
      values: [known],
    })
    return rows.map(({ name }) => name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === UNDEFINED_TABLE) return known
    throw error
  }
}

async function readNames(): Promise<readonly string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
}
