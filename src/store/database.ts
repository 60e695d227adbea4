import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { missingMigrations } from './missingMigrations.ts'
import { PrismaClient } from './prisma/client.ts'
import { StartupError } from './startupError.ts'

export type { Pool } from 'pg'

/** The database as the rooms use it: Prisma and our own SQL over one pool of connections. */
export type Database = {
  pool: pg.Pool
  prisma: PrismaClient
  url: string
  /** The migrations of this code that it does not have. Rejects when it does not answer. */
  missingMigrations(): Promise<readonly string[]>
  /** Waits for the queries under way and closes all connections. */
  close(): Promise<void>
}

// A server keeps every prepared statement of every connection; lists of every length make ever new ones.
const MAX_STATEMENTS = 500

/**
 * Opens a PostgreSQL database and sees that it answers.
 * @param options.url `postgresql://user:password@host:port/database`
 * @param options.poolSize the most connections to hold at once; 10 unless told
 * @throws StartupError when there is no usable database at the address
 */
export async function openDatabase(options: { url: string; poolSize?: number }): Promise<Database> {
  const database = databaseAt(options)
  try {
    await refuseOtherTimeZone(database.pool)
    return database
  } catch (error) {
    await database.close()
    throw error instanceof StartupError ? error : unusable(options.url, error as Error)
  }
}

/** A database that nobody has connected to yet, and that may not answer; options as `openDatabase` takes them. */
export function databaseAt(options: { url: string; poolSize?: number }): Database {
  const connectionString = inUtc(options.url)
  const pool = new pg.Pool({
    connectionString,
    application_name: 'parley',
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  // The pool has already dropped the broken connection, and the next query gets another one.
  pool.on('error', () => {})
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameStatements() })
  // What it says of a failure would otherwise show what was asked for.
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' })
  return {
    pool,
    prisma,
    url: options.url,
    missingMigrations: () => missingMigrations(pool),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

// PrismaPg writes and reads date-times as if every session were in UTC.
function inUtc(given: string): string {
  let url: URL
  try {
    url = new URL(given)
  } catch {
    throw new StartupError(
      'DATABASE_URL is not an address: write it as postgresql://user:password@host:port/database, ' +
        'with special characters of the password percent-encoded',
    )
  }
  const others = url.searchParams.get('options')
  url.searchParams.set('options', others ? `${others} -c timezone=UTC` : '-c timezone=UTC')
  return url.href
}

async function refuseOtherTimeZone(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`select current_setting('TimeZone') as zone`)
  if (rows[0].zone !== 'UTC') {
    throw new StartupError(
      `The database's sessions are in the time zone ${rows[0].zone} although UTC was asked for: ` +
        'connect to PostgreSQL itself, not to a pooler that drops start-up options',
    )
  }
}

function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // An empty name prepares nothing.
    if (names.size >= MAX_STATEMENTS || !/^\s*(select|insert|update|delete|with)\b/i.test(sql)) return ''
    const name = `parley_${names.size + 1}`
    names.set(sql, name)
    return name
  }
}

function unusable(given: string, error: Error): StartupError {
  const url = new URL(given)
  const server = `${url.hostname || 'localhost'}:${url.port || 5432}`
  const name = decodeURIComponent(url.pathname.slice(1)) || 'postgres'
  const user = decodeURIComponent(url.username) || 'the default user'
  const { code } = error as NodeJS.ErrnoException
  switch (code) {
    case '28P01':
    case '28000':
      return new StartupError(`PostgreSQL at ${server} refuses ${user}: check user and password in DATABASE_URL`)
    case '3D000':
      return new StartupError(`PostgreSQL at ${server} has no database ${name}: create it, or correct DATABASE_URL`)
    default:
      return new StartupError(
        `PostgreSQL at ${server} cannot be reached (${code ?? error.message}): ` +
          'see that it runs and takes connections, or correct DATABASE_URL',
      )
  }
}
