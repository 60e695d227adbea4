import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrate } from '../../src/store/open.ts'
import { percentile } from '../feed/figures.ts'
import { startHelper } from '../feed/helper.ts'
import { cpuOfTree } from '../feed/proc.ts'
import { type Running, startServer } from '../feed/servers.ts'
import { ask } from './ask.ts'
import type { Loader, Loading } from './loader.ts'
import { parley } from './servers.ts'

/** How a record was loaded, while Parley answered. */
export interface Loaded extends Loading {
  /** CPU seconds of PostgreSQL, which answered Parley as well. */
  readonly postgresql: number
  /** How long Parley took, meanwhile, for a list of ten; milliseconds. */
  readonly answers: { readonly count: number; readonly p50: number; readonly p99: number }
}

/** The records of a run, kept in a PostgreSQL of their own from run to run. */
export interface Records {
  readonly version: string
  /** The process that all of PostgreSQL's others belong to. */
  readonly postmaster: number
  /** The record with so many developments; it is loaded if there is none. */
  open(size: number): Promise<{ url: string; loaded: Loaded }>
  close(): Promise<void>
}

const dataDir = fileURLToPath(new URL('../.data', import.meta.url))
const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
/** A million developments take a while. */
const LONGEST = 6 * 3_600_000
const PAUSE = 200

export async function openRecords(show: (text: string) => void): Promise<Records> {
  const server = await openEmbedded({ dataDir })
  const admin = new pg.Client(server.url)
  const addressOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href
  await admin.connect()
  const { rows } = await admin.query('show server_version')
  const postmaster = Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])

  async function loadingOf(name: string): Promise<Loaded | undefined> {
    const found = await admin.query<{ said: string | null }>(
      `select shobj_description(oid, 'pg_database') as said from pg_database where datname = $1`,
      [name],
    )
    if (found.rows[0] === undefined) return undefined
    if (found.rows[0].said !== null) return JSON.parse(found.rows[0].said)
    // Its loading was broken off.
    await admin.query(`drop database ${name} with (force)`)
    return undefined
  }

  return {
    version: rows[0].server_version,
    postmaster,
    async open(size) {
      const name = `record_${size}`
      const url = addressOf(name)
      let loaded = await loadingOf(name)
      if (loaded === undefined) {
        await admin.query(`create database ${name}`)
        await migrate(url, migrations)
        loaded = await load(url, size, postmaster, show)
        show(`Counting ${size.toLocaleString('en')} developments for the planner`)
        const client = new pg.Client(url)
        await client.connect()
        // Whoever builds on these tables alone would have them: PostGraphile orders and filters by what is indexed, and SQL by
        // hand reads pages of what is current in the order of dates, and searches.
        await client.query(
          'create index if not exists bench_current on "Revision" ("supersededBy", "whenEarliest", position)',
        )
        await client.query(
          `create index if not exists bench_words on "Revision" using gin (to_tsvector('english', headline || ' ' || coalesce(summary, '')))`,
        )
        for (const child of ['Participation', 'Claim']) {
          // PostGraphile relates what keys relate, and this key is implied by that to the citation.
          await client.query(
            `comment on table "${child}" is E'@foreignKey (position) references "Revision" (position)'`,
          )
        }
        await client.query('vacuum analyze')
        await client.end()
        await admin.query(`comment on database ${name} is '${JSON.stringify(loaded)}'`)
      } else await migrate(url, migrations)
      return { url, loaded }
    },
    async close() {
      await admin.end()
      await server.close()
    },
  }
}

/** Loads a record in a process of its own, and asks Parley, in another one, as long as that takes. */
async function load(url: string, size: number, postmaster: number, show: (text: string) => void): Promise<Loaded> {
  const loader = startHelper<Loader>('../query/loader')
  const client = new pg.Client(url)
  await client.connect()
  const used = cpuOfTree(postmaster)
  const began = performance.now()
  let loading: Loading | undefined
  const file = join(dataDir, `${size}.ndjson`)
  const isLoaded = loader.ask('load', { url, developments: size, file }, LONGEST).then((result) => {
    loading = result
  })
  let running: Running | undefined
  const latencies: number[] = []
  try {
    while (loading === undefined) {
      const { rows } = await client.query<{ position: number }>('select position from "Head"')
      const position = rows[0]?.position ?? 0
      // In an empty record Parley would put its seed.
      if (position > 0) running ??= await startServer(parley, url)
      if (running !== undefined) {
        const sent = performance.now()
        await ask(running.port, { query: '{ developments(first: 10) { nodes { ref headline } } }', variables: {} })
        latencies.push(performance.now() - sent)
      }
      const rate = Math.round(position / ((performance.now() - began) / 1000))
      show(`Loading ${size.toLocaleString('en')} developments: ${position} revisions, ${rate} a second`)
      await Promise.race([isLoaded, passed(PAUSE)])
    }
  } finally {
    loader.end()
    await running?.end()
    await client.end()
  }
  const sorted = latencies.sort((a, b) => a - b)
  return {
    ...(loading as Loading),
    postgresql: cpuOfTree(postmaster) - used,
    answers: { count: sorted.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) },
  }
}
