import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findBinaries } from '../../src/store/embeddedBinaries.ts'
import { prepareFolder, USER } from '../../src/store/embeddedFolder.ts'
import {
  findPostmaster,
  type Postmaster,
  pause,
  type Settings,
  startPostmaster,
  stopPostmaster,
} from '../../src/store/embeddedProcess.ts'

/** A PostgreSQL of a test's own, which it may stop and kill. What it has committed survives that: it syncs its files. */
export interface OwnPostgres extends AsyncDisposable {
  /** Address of its only database, which is empty at first. */
  readonly url: string
  /** Starts it again, where it was. */
  start(): Promise<void>
  /** Stops it as an administrator does: transactions under way are rolled back. */
  stop(): Promise<void>
  /** Kills all of its processes where they stand (-9). */
  kill(): Promise<void>
}

const TIMEOUT_MS = 60_000

/** Opens a PostgreSQL in a folder of its own, on a port that it keeps. */
export async function openOwnPostgres(settings: Settings = {}): Promise<OwnPostgres> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'parley-own-')))
  const password = await prepareFolder(join(dataDir, 'postgres'), dataDir, await findBinaries(), () => {})
  return serve(dataDir, password, settings)
}

/** Starts a PostgreSQL on the folder `postgres` that was made for it in `dataDir`, which is removed in the end. */
export async function serve(dataDir: string, password: string, settings: Settings): Promise<OwnPostgres> {
  const folder = join(dataDir, 'postgres')
  const pidFile = join(folder, 'postmaster.pid')
  const log = join(dataDir, 'postgres.log')
  const binaries = await findBinaries()

  async function start(): Promise<void> {
    const deadline = Date.now() + TIMEOUT_MS
    // Of a killed server it says itself whether something is left that still has its memory.
    for (;;) {
      const reason = await startPostmaster(folder, binaries, { log, settings })
      if (reason === undefined) return
      if (Date.now() > deadline) throw new Error(reason)
      await pause()
    }
  }

  await start()
  const { port } = (await findPostmaster(folder)) as Postmaster
  const url = `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`

  async function stop(): Promise<void> {
    const postmaster = await findPostmaster(folder)
    if (postmaster === undefined) return
    const left = await readFile(pidFile)
    if (!(await stopPostmaster(folder, postmaster, TIMEOUT_MS))) throw new Error(`${log} tells why it does not stop`)
    // What a killed server leaves tells the next one its port; one that was stopped tidies up.
    await writeFile(pidFile, left)
  }

  async function kill(): Promise<void> {
    const postmaster = (await findPostmaster(folder)) as Postmaster
    const client = new pg.Client(url)
    client.on('error', () => {})
    await client.connect()
    // Also its own processes, such as the one that writes the log.
    const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity')
    // The first one first, which would clear up after the others.
    for (const pid of [postmaster.pid, ...rows.map((row) => row.pid)]) killHard(pid)
    await client.end().catch(() => {})
    while (await findPostmaster(folder)) await pause()
  }

  return {
    url,
    start,
    stop,
    kill,
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
