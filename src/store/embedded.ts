import { mkdir, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { findBinaries } from './embeddedBinaries.ts'
import { prepareFolder, USER } from './embeddedFolder.ts'
import { findPostmaster, pause, type Settings, startPostmaster, stopPostmaster } from './embeddedProcess.ts'
import { StartupError } from './startupError.ts'

/** A PostgreSQL server of our own, shared with every other process that has opened the same folder. */
export type Embedded = {
  /** Address of its database, with the password. */
  url: string
  /** Leaves the server; the last one to leave stops it. */
  close(): Promise<void>
}

const DATABASE = 'parley'
const PRESENCE = 'parley presence'
// Held shared by every process that uses the server; whoever gets it alone is the last one. Any constant does.
const PRESENCE_LOCK = 7_275_395
const OPEN_TIMEOUT = 60_000
const STOP_TIMEOUT = 30_000

/**
 * Opens the embedded PostgreSQL at `<dataDir>/postgres`: meets the server that runs there, else starts one, making the
 * folder at first. Should the server die while it is open, it is started again, on the same port if that is free.
 * @param options.log told in one line what takes time or went wrong
 * @param options.settings PostgreSQL settings beside ours, for a server that is started by this call
 * @throws StartupError when there can be no server here, saying what to do
 */
export async function openEmbedded(options: {
  dataDir: string
  log?: (line: string) => void
  settings?: Settings
}): Promise<Embedded> {
  const log = options.log ?? (() => {})
  const binaries = await findBinaries()
  const dataDir = await makeDataDir(options.dataDir)
  const folder = join(dataDir, 'postgres')
  const password = await prepareFolder(folder, dataDir, binaries, log)
  const urlAt = (port: number, database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`

  async function enter(): Promise<{ presence: pg.Client; port: number }> {
    const deadline = Date.now() + OPEN_TIMEOUT
    let reason: string | undefined
    while (Date.now() < deadline) {
      const found = await findPostmaster(folder)
      if (found === undefined) {
        reason = await startPostmaster(folder, binaries, {
          log: join(dataDir, 'postgres.log'),
          settings: options.settings ?? {},
        })
      } else if (found.isReady) {
        const presence = await takePresence(urlAt(found.port, 'postgres'))
        if (presence instanceof pg.Client) return { presence, port: found.port }
        reason = presence.message
      }
      await pause()
    }
    throw new StartupError(
      `The embedded PostgreSQL in ${folder} does not answer (${reason ?? 'it is starting or stopping'}): ` +
        `${join(dataDir, 'postgres.log')} tells more`,
    )
  }

  let { presence, port } = await enter()
  await makeDatabase(presence)
  const url = urlAt(port, DATABASE)

  let isClosing = false
  let returning: Promise<void> | undefined
  const watch = () => {
    presence.once('end', () => {
      if (isClosing) return
      log('The embedded PostgreSQL went away; starting it again')
      returning = comeBack().catch((error: Error) => log(error.message))
    })
  }
  const comeBack = async () => {
    const again = await enter()
    presence = again.presence
    watch()
    if (again.port !== port) log(`The embedded PostgreSQL has moved to port ${again.port}: restart Parley`)
  }
  watch()

  return {
    url,
    async close() {
      isClosing = true
      await returning
      if (await isLast(presence)) {
        const postmaster = await findPostmaster(folder)
        if (postmaster && !(await stopPostmaster(folder, postmaster, STOP_TIMEOUT))) {
          log(`The embedded PostgreSQL (process ${postmaster.pid}) is still stopping`)
        }
      }
      await presence.end().catch(() => {})
    },
  }
}

// The path is given to the server and later looked for in its command line: it has to be the same from every process.
async function makeDataDir(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    return await realpath(path)
  } catch (error) {
    throw new StartupError(
      `The data folder ${resolve(path)} cannot be made (${(error as NodeJS.ErrnoException).code}): choose another`,
    )
  }
}

// A server that is just stopping refuses the connection, or ends it while we wait for the last one's lock.
async function takePresence(connectionString: string): Promise<pg.Client | Error> {
  const client = new pg.Client({
    connectionString,
    application_name: PRESENCE,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // What goes wrong ends the connection, and that is what we watch.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK])
    return client
  } catch (error) {
    await client.end().catch(() => {})
    if ((error as pg.DatabaseError).code === '28P01') {
      throw new StartupError(
        'The embedded PostgreSQL refuses the password in its folder: restore parley.password there, ' +
          'or move the folder away to begin anew',
      )
    }
    return error as Error
  }
}

async function isLast(presence: pg.Client): Promise<boolean> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK])
    const { rows } = await presence.query('select pg_try_advisory_lock($1) as alone', [PRESENCE_LOCK])
    return rows[0].alone
  } catch {
    return false
  }
}

async function makeDatabase(presence: pg.Client): Promise<void> {
  const { rowCount } = await presence.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (rowCount) return
  await presence.query(`create database ${DATABASE}`).catch((error: pg.DatabaseError) => {
    // Another process was faster.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}
