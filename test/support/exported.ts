import { Readable } from 'node:stream'
import { ingestDocuments, type Outcome } from '../../src/ingest/batch.ts'
import { readDocuments } from '../../src/ingest/reader.ts'
import { openExport } from '../../src/schema/export.ts'
import { exportBounds } from '../../src/schema/exportDocuments.ts'
import type { ExportAsked } from '../../src/schema/exportRequest.ts'
import type { Database } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/database.ts'
import { Prisma } from '../../src/store/prisma/client.ts'
import { query } from '../../src/store/query.ts'
import { visibleFrom } from '../../src/store/viewpoint.ts'
import type { Api } from './api.ts'
import { tester } from './author.ts'
import { createDatabase } from './database.ts'
import { contentHash, fingerprint } from './fingerprint.ts'

type Asked = Omit<Partial<ExportAsked>, 'filter'> & { readonly filter?: object }

const days = ['12-01', '12-04', '12-05', '12-06', '12-07', '12-08', '12-13'].map((day) => `2023-${day}`)

/** Ends of days, before, between and after what generated and seeded reports tell. */
export const moments = [...days, '2024-06-01'].map((on) => `${on}T23:59:59.999Z`)

/** Bounds so tight that every export takes many pages. */
export const small = { page: 2, scan: 2, bytes: 1 }

/** An export's text, as it would be streamed; small pages show what large records would. */
export async function exported(api: Api, asked: Asked = {}, bounds = exportBounds): Promise<string> {
  const { format = 'ndjson', filter, ...others } = asked
  const services = { database: api.record.database, feed: api.feed, now: () => new Date(), maxCost: 1_000_000 }
  const given = { format, ...others, filter: filter && JSON.stringify(filter) }
  let text = ''
  for await (const page of (await openExport(services, given, bounds)).pages()) text += page
  return text
}

/** Takes an export's text into a database as `npm run ingest -- -` does. */
export async function ingestText({ pool }: Pick<Database, 'pool'>, text: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const documents = readDocuments(['-'], { stdin: Readable.from([Buffer.from(text)]) })
  const now = () => new Date('2025-01-01T00:00:00Z')
  await ingestDocuments(documents, { pool, now, author: tester, onOutcome: (outcome) => outcomes.push(outcome) })
  return outcomes
}

/** What was refused, in short. */
export function refusals(outcomes: readonly Outcome[]): unknown[] {
  return outcomes.flatMap((outcome) => ('problems' in outcome ? outcome.problems : []))
}

/** A record elsewhere, into which an export was taken; it was empty before. */
export async function takenElsewhere(
  text: string,
): Promise<AsyncDisposable & { readonly database: Database; readonly refused: unknown[] }> {
  const { url, drop } = await createDatabase()
  const database = await openDatabase({ url })
  const refused = refusals(await ingestText(database, text))
  return {
    database,
    refused,
    async [Symbol.asyncDispose]() {
      await database.close()
      await drop()
    },
  }
}

const identities = ['Process', 'ProcessActor', 'Actor', 'ActorName', 'Office', 'Place', 'Outlet']
const rowsOf = (table: string) => `(select jsonb_agg(to_jsonb(t) order by to_jsonb(t)) from "${table}" t) as "${table}"`

/** Who and where a record knows. */
export async function identitiesOf({ pool }: Database): Promise<object> {
  return (await pool.query(`select ${identities.map(rowsOf).join(', ')}`)).rows[0]
}

/** The reports that a record knows, and when each became known; not where in its own feed. */
export async function reportsOf({ pool }: Database): Promise<object[]> {
  return (await pool.query(`select to_jsonb(p) - 'listedFrom' as report from "Report" p order by id`)).rows
}

/** What is left of what was retracted. */
export async function tombstonesOf({ pool }: Database): Promise<object[]> {
  const { rows } = await pool.query(
    `select "developmentId", "processId", kind, action, reason, headline from "Revision"
     where "supersededBy" is null and action = 'RETRACTED' order by "developmentId"`,
  )
  return rows
}

type Told = [development: string, content: string | null][]

/** What a record shows of its developments, withheld ones apart: by the hash of its content, now and at each moment. */
export async function shown(
  { pool }: Database,
  moments: readonly string[] = [],
): Promise<{ current: Told; asOf: Told[] }> {
  const { rows } = await pool.query<{ id: string }>('select id from "Development" where withheld')
  const withheld = new Set(rows.map(({ id }) => id))
  const client = await pool.connect()
  try {
    const { current, asOf } = (await fingerprint(client, moments)) as { current: Told; asOf: Told[] }
    const visible = (told: Told) => told.filter(([id, content]) => content !== null && !withheld.has(id))
    return { current: visible(current), asOf: asOf.map(visible) }
  } finally {
    client.release()
  }
}

/** What a record shows at each of the moments, and by what refs it is found: by the hash of its content. */
export async function visible({ pool }: Database, moments: readonly string[]): Promise<unknown[]> {
  const { rows: heads } = await pool.query<{ position: number }>('select position from "Head"')
  const position = heads[0]?.position as number
  const all: unknown[] = []
  for (const asOf of [null, ...moments.map((moment) => new Date(moment))]) {
    const viewpoint = { position, tag: '', asOf }
    const content = Prisma.raw(contentHash)
    const shownThen = await query(
      pool,
      Prisma.sql`select r."developmentId" as ref, ${content} as content from "Revision" r where ${visibleFrom(viewpoint)} order by 1`,
    )
    all.push({ asOf, shown: shownThen })
  }
  const { rows } = await pool.query(
    'select id, "mergedIntoId" as into from "Development" where "mergedIntoId" is not null order by 1',
  )
  return [...all, rows]
}
