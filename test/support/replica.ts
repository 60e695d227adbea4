import { execFile } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { pause as moment, type Settings } from '../../src/store/embeddedProcess.ts'
import { type OwnPostgres, serve } from './ownPostgres.ts'

const run = promisify(execFile)

/** A standby of a running primary: PostgreSQL streams to it what is committed there. It answers questions only. */
export interface Replica extends OwnPostgres {
  /** Holds it where it is: what is committed from now on arrives, and is not shown. */
  pause(): Promise<void>
  /** Lets it go on from there. */
  resume(): Promise<void>
  /** Waits until it shows whatever had been committed before this call. */
  caughtUp(): Promise<void>
}

/** Settings of a primary that standbys can follow, also after an absence. The embedded one has others. */
export const PRIMARY: Settings = { wal_level: 'replica', max_wal_senders: '4', wal_keep_size: '1GB' }

/** What a standby must have as its primary has it, or more of it. */
const SAME = ['wal_level', 'max_connections', 'max_wal_senders', 'max_worker_processes', 'max_locks_per_transaction']

/** What is in a data folder and is of the running server only: a copy begins without it. */
const FILES = /^(postmaster\.(pid|opts)|current_logfiles|.*\.signal)$/
const FOLDERS = [
  ...['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots'],
  ...['pg_stat_tmp', 'pg_subtrans'],
]

/**
 * Opens a standby of a primary of this machine, in a folder and on a port of its own. It is made as PostgreSQL's page on
 * continuous archiving has it, by the low-level API for base backups, since the embedded binaries bring no tool for it.
 * @param primary its address; it must have been started with `PRIMARY`
 * @param settings of the standby, beside those that it must share
 */
export async function openReplicaOf(primary: string, settings: Settings = {}): Promise<Replica> {
  const dataDir = await realpath(await mkdtemp(join(tmpdir(), 'parley-replica-')))
  try {
    const shared = await copyOf(primary, join(dataDir, 'postgres'))
    const server = await serve(dataDir, decodeURIComponent(new URL(primary).password), { ...shared, ...settings })
    const url = Object.assign(new URL(server.url), { pathname: new URL(primary).pathname }).href
    const ask = <Row extends object>(sql: string, at = url) => askAt<Row>(at, sql)
    const isSo = async (sql: string) => (await ask<{ is: boolean }>(`select ${sql} as is`)).is
    return {
      ...server,
      url,
      async pause() {
        await ask('select pg_wal_replay_pause()')
        while (!(await isSo(`pg_get_wal_replay_pause_state() = 'paused'`))) await moment()
      },
      resume: async () => void (await ask('select pg_wal_replay_resume()')),
      async caughtUp() {
        const { lsn } = await ask<{ lsn: string }>('select pg_current_wal_flush_lsn() as lsn', primary)
        while (!(await isSo(`pg_last_wal_replay_lsn() >= '${lsn}'`))) await moment()
      },
    }
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  }
}

/** Copies the folder of a running primary, and makes a standby's of it. Returns the settings that both must have. */
async function copyOf(primary: string, folder: string): Promise<Settings> {
  const client = new pg.Client(primary)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [['data_directory', ...SAME]],
    )
    const { data_directory: from, ...shared } = Object.fromEntries(rows.map((row) => [row.name, row.setting]))
    if (shared.wal_level !== 'replica') throw new Error('No standby can follow it: it was not started with PRIMARY')
    // The backup ends with the connection, whatever happens.
    await client.query(`select pg_backup_start('replica', fast => true)`)
    await copy(from as string, folder)
    const { rows: ended } = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    )
    await writeFile(join(folder, 'backup_label'), ended[0]?.labelfile as string, { mode: 0o600 })
    await writeFile(join(folder, 'standby.signal'), '', { mode: 0o600 })
    await appendFile(join(folder, 'postgresql.auto.conf'), `primary_conninfo = '${connectionOf(primary)}'\n`)
    return shared
  } finally {
    await client.end()
  }
}

async function copy(from: string, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  for (const name of FOLDERS) await mkdir(join(folder, name), { mode: 0o700 })
  const names = (await readdir(from)).filter((name) => !FOLDERS.includes(name) && !FILES.test(name))
  // As with any backup, the server may remove a file while it is read: it does so again when it reads the log.
  await run('cp', ['-a', ...names.map((name) => join(from, name)), folder], {
    env: { ...process.env, LC_ALL: 'C' },
  }).catch(({ stderr }: { stderr: string }) => {
    const wrong = stderr.split('\n').filter((line) => line && !line.endsWith(': No such file or directory'))
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  })
}

function connectionOf(primary: string): string {
  const { hostname, port, username, password } = new URL(primary)
  return `host=${hostname} port=${port} user=${username} password=${password} application_name=replica`
}

async function askAt<Row extends object>(url: string, sql: string): Promise<Row> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}
