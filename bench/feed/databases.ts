import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/open.ts'
import { write } from '../../src/store/pen.ts'
import { author } from '../author.ts'
import { processDocument } from './news.ts'

/** The databases of a run, in a PostgreSQL of its own. */
export interface Databases {
  /** What Parley's databases are copied from: a process and no developments. */
  readonly template: string
  /** What PostgreSQL it is. */
  readonly version: string
  /** Makes a database: a copy of another one, else with the table of the peers. Returns its address. */
  create(name: string, template?: string): Promise<string>
  drop(name: string): Promise<void>
  close(): Promise<void>
}

const migrations = new URL('../../prisma/migrations', import.meta.url).pathname

/** Starts a PostgreSQL with the settings that Parley's users have, and makes the template. */
export async function openDatabases(): Promise<Databases> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const server = await openEmbedded({ dataDir })
  const admin = new pg.Client(server.url)
  const addressOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  const close = async () => {
    await admin.end()
    await server.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await admin.connect()
    const template = 'bench_template'
    await admin.query(`create database ${template}`)
    await migrate(addressOf(template), migrations)
    const database = await openDatabase({ url: addressOf(template) })
    await write(database.pool, { now: new Date(), author }, (pen) => acceptProcess(pen, readProcess(processDocument)))
    await database.close()
    const { rows } = await admin.query('show server_version')
    return {
      template,
      version: rows[0].server_version,
      async create(name, from) {
        await admin.query(`create database ${name}${from === undefined ? '' : ` template ${from}`}`)
        if (from === undefined) await makeTable(addressOf(name))
        return addressOf(name)
      },
      drop: async (name) => void (await admin.query(`drop database ${name} with (force)`)),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function makeTable(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('create table message (position int primary key, body jsonb not null)')
  await client.end()
}
