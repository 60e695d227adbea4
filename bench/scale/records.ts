import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/open.ts'
import { write } from '../../src/store/pen.ts'
import { openOwnPostgres } from '../../test/support/ownPostgres.ts'
import { PRIMARY } from '../../test/support/replica.ts'
import { author } from '../author.ts'
import type { Helper } from '../feed/helper.ts'
import { processDocument } from '../feed/news.ts'
import { developmentKeys, PAGE, pagesApart } from '../query/keys.ts'
import type { Loader } from '../query/loader.ts'
import { type Question, questions } from '../query/questions.ts'
import { post } from '../query/requests.ts'

/** The records of a run: all are copies of one, in a PostgreSQL of their own that standbys can follow. */
export interface Records {
  readonly version: string
  /** The process that all of PostgreSQL's others belong to. */
  readonly postmaster: number
  /**
   * Loads so many developments, as `npm run ingest` does. Returns questions for a list of fifty, each for others, as
   * requests: many more of them than a server keeps answers of this length (64 MB), so that none is at hand when it is
   * asked for again.
   */
  load(developments: number, loader: Helper<Loader>): Promise<string[]>
  /** Makes a copy of what was loaded, and returns its address. */
  copy(): Promise<string>
  drop(): Promise<void>
  close(): Promise<void>
}

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const LONGEST = 600_000
const RECORD = 'record'
const COPY = 'copy'

export async function openRecords(): Promise<Records> {
  const server = await openOwnPostgres(PRIMARY)
  const admin = new pg.Client(server.url)
  const addressOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  const close = async () => {
    await admin.end()
    await server[Symbol.asyncDispose]()
  }
  try {
    await admin.connect()
    const { rows } = await admin.query<{ version: string }>(`select current_setting('server_version') as version`)
    return {
      version: rows[0]?.version as string,
      postmaster: await postmasterOf(server.url),
      async load(developments, loader) {
        await admin.query(`create database ${RECORD}`)
        return load(addressOf(RECORD), developments, loader)
      },
      async copy() {
        await admin.query(`create database ${COPY} template ${RECORD} strategy file_copy`)
        return addressOf(COPY)
      },
      drop: async () => void (await admin.query(`drop database if exists ${COPY} with (force)`)),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The process that all others of a PostgreSQL of this machine belong to. */
export async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ file: string }>(`select pg_read_file('postmaster.pid') as file`)
  await client.end()
  return Number.parseInt(rows[0]?.file as string, 10)
}

async function load(url: string, developments: number, loader: Helper<Loader>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const client = new pg.Client(url)
  try {
    await migrate(url, migrations)
    await loader.ask('load', { url, developments, file: join(folder, 'record.ndjson') }, LONGEST)
    const database = await openDatabase({ url, poolSize: 1 })
    // What is ingested later is of this process.
    await write(database.pool, { now: new Date(), author }, (pen) => acceptProcess(pen, readProcess(processDocument)))
    await database.close()
    await client.connect()
    await client.query('vacuum analyze')
    const [list] = questions as [Question]
    const keys = pagesApart((await developmentKeys(client, 0, developments)).slice(0, -PAGE))
    return keys.map((key, turn) => post(list.parley(key, turn)))
  } finally {
    await client.end()
    await rm(folder, { recursive: true, force: true })
  }
}
