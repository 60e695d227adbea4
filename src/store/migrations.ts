import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { StartupError } from './startupError.ts'

type Migration = { name: string; sql: string; checksums: string[] }
type Applied = { migration_name: string; checksum: string; finished_at: Date | null }

// The number under which Prisma's own commands lock, so that they and we wait for each other.
const PRISMA_LOCK = 72_707_369

// As Prisma makes it, so that its commands find what they expect.
const TABLE = `create table _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

/**
 * Brings a database to the present schema: applies the Prisma migrations that it does not have yet, in order of their
 * names, each in one transaction, and notes them where Prisma's commands do. Safe to run from several servers at once.
 * @param client a connection of its own to the primary, not a pooler: the lock is held by the session
 * @param options.folder the absolute path of `prisma/migrations`
 * @returns the names of the migrations that were applied now
 * @throws StartupError when the database is not Parley's, its history differs from the folder, or a migration fails
 */
export async function applyMigrations(client: pg.Client, { folder }: { folder: string }): Promise<string[]> {
  const migrations = await readMigrations(folder)
  await client.query('select pg_advisory_lock($1)', [PRISMA_LOCK])
  try {
    const applied = await readApplied(client)
    refuseOtherHistory(migrations, applied)
    const known = new Set(applied.map((row) => row.migration_name))
    const pending = migrations.filter((migration) => !known.has(migration.name))
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    // A connection that was lost has given its lock back already.
    await client.query('select pg_advisory_unlock($1)', [PRISMA_LOCK]).catch(() => {})
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new StartupError(`The migrations cannot be read from ${folder} (${error.code}): install Parley again`)
  })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8').catch(() => {
        throw new StartupError(`The migration ${name} has no migration.sql: restore it, or remove its folder`)
      })
      return { name, sql, checksums: checksumsOf(sql) }
    }),
  )
}

// Like Prisma, we take a file for unchanged when git has only changed its line ends.
function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n')
  return [sql, unix, unix.replaceAll('\n', '\r\n')].map((text) => createHash('sha256').update(text).digest('hex'))
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query(
    `select to_regclass('_prisma_migrations') is not null as "isOurs", current_database() as name,
       (select count(*)::int from pg_tables where schemaname = current_schema()) as tables`,
  )
  const { isOurs, name, tables } = rows[0]
  if (!isOurs && tables > 0) {
    throw new StartupError(
      `The database ${name} holds ${tables} tables that are not Parley's: give Parley an empty database of its own`,
    )
  }
  if (!isOurs) await client.query(TABLE).catch((error: Error) => fail('_prisma_migrations', error))
  const applied = await client.query<Applied>(
    `select migration_name, checksum, finished_at from _prisma_migrations
     where rolled_back_at is null order by started_at, migration_name`,
  )
  return applied.rows
}

function refuseOtherHistory(migrations: Migration[], applied: Applied[]): void {
  for (const { migration_name: name, checksum, finished_at: finishedAt } of applied) {
    const migration = migrations.find((candidate) => candidate.name === name)
    if (!migration) {
      throw new StartupError(
        `The database has the migration ${name}, which this Parley does not: it was used by a newer one; use that`,
      )
    }
    if (!finishedAt) {
      throw new StartupError(
        `The migration ${name} was begun by Prisma and did not finish: settle it with \`prisma migrate resolve\``,
      )
    }
    if (!migration.checksums.includes(checksum)) {
      throw new StartupError(
        `The migration ${name} was changed after this database had applied it: ` +
          'restore its file and put the change into a new migration',
      )
    }
  }
}

async function apply(client: pg.Client, { name, sql, checksums }: Migration): Promise<void> {
  const startedAt = new Date()
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, logs, started_at, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, null, $4, 1)`,
      [randomUUID(), checksums[0], name, startedAt],
    )
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    fail(name, error as Error)
  }
}

function fail(name: string, error: Error): never {
  throw new StartupError(
    `The migration ${name} failed and changed nothing (${error.message}): ` +
      'see that the database user may create tables, then start again',
    { cause: error },
  )
}
