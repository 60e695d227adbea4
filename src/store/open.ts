import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Database, openDatabase } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { applyMigrations } from './migrations.ts'
import { MIGRATIONS } from './missingMigrations.ts'

const migrations = fileURLToPath(MIGRATIONS)

/** An open database, brought to the present schema. */
export interface Store {
  readonly database: Database
  /** Closes the connections, then leaves the embedded server if it is in use. */
  close(): Promise<void>
}

/**
 * Opens the record where the settings say: the server at `databaseUrl`, else the embedded one in `dataDir`.
 * @param options.log told in one line what takes time or went wrong
 * @throws StartupError when there is no usable database
 */
export async function openStore(options: {
  databaseUrl: string | undefined
  dataDir: string
  log?: (line: string) => void
}): Promise<Store> {
  const { databaseUrl, dataDir, log = () => {} } = options
  const embedded = databaseUrl === undefined ? await openEmbedded({ dataDir, log }) : undefined
  let database: Database | undefined
  const close = async () => {
    await database?.close()
    await embedded?.close()
  }
  try {
    // Opened first: it knows how to say what keeps it from answering.
    database = await openDatabase({ url: embedded?.url ?? (databaseUrl as string) })
    for (const name of await migrate(database.url, migrations)) log(`Applied the migration ${name}`)
    return { database, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Applies the migrations of a folder that the database does not have yet, and returns their names.
 * Their lock is held by the session, so they take a connection of their own.
 */
export async function migrate(url: string, folder: string): Promise<string[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await applyMigrations(client, { folder })
  } finally {
    await client.end()
  }
}
