import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readSearchQuery, type SearchQuery } from '../../src/domain/searchQuery.ts'
import { correct, readCorrection, readWithdrawal, retract } from '../../src/ingest/desk.ts'
import { applyMigrations } from '../../src/store/migrations.ts'
import { countFound, listFound, RANKED_AT_MOST } from '../../src/store/searchList.ts'
import { compileSearch } from '../../src/store/searchTerms.ts'
import { arrivals } from '../support/generated.ts'
import { openRecord, openSeedRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

const committed = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

async function documents({ database }: Record): Promise<Map<number, string>> {
  const { rows } = await database.pool.query<{ position: number; document: string }>(
    'select position, document::text from "RevisionText" order by position',
  )
  return new Map(rows.map(({ position, document }) => [position, document]))
}

/** Takes search out of a record, as if it had been written before there was any, and starts a newer Parley on it. */
async function upgrade({ database, url }: Record): Promise<string[]> {
  await database.pool.query(`
    drop table "RevisionText"; drop view "SearchableText", "InvolvedActor"; drop index "ActorName_words", "Development_withheld";
    drop function parley_document, parley_vector, parley_fold;
    drop text search configuration parley_words, parley_stems;
    delete from _prisma_migrations where migration_name like '%_search'`)
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await applyMigrations(client, { folder: committed })
  } finally {
    await client.end()
  }
}

describe('a record from before there was search', () => {
  async function expectTheSame(record: Record): Promise<void> {
    const fresh = await documents(record)
    expect(fresh.size).toBeGreaterThan(5)
    expect(await upgrade(record)).toEqual([expect.stringMatching(/_search$/)])
    const upgraded = await documents(record)
    expect([...upgraded.keys()]).toEqual([...fresh.keys()])
    for (const [position, document] of fresh) expect(upgraded.get(position)).toBe(document)
  }

  it('finds after the upgrade what it would have found, had there always been one: the first record', async () => {
    await using record = await openSeedRecord()
    await expectTheSame(record)
  })

  it('and one that was made of what contradicts, is corrected and retracted', async () => {
    await using record = await openRecord()
    for (const { one } of fc.sample(arrivals, { numRuns: 12, seed: 4 })) {
      // A generated dispatch may be refused: its report was known with another date.
      for (const dispatch of one)
        await record.ingest(dispatch).catch((error: Error) => expect(error.name).toBe('Refusal'))
    }
    await record.ingest(
      dispatchOf({ id: 'r-swap', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07', ref: 'other' })),
    )
    const replace = {
      aspect: 'FIGURE',
      key: 'leg/from-north',
      by: { figure: { measure: 'RELEASED', best: 5, asReported: 'five' } },
    }
    const correction = { ref: 'other', reason: 'Misread', basis: 'OUR_MISTAKE', changes: [{ replace }] }
    await record.write((pen) => correct(pen, readCorrection(correction)))
    await record.write((pen) => retract(pen, readWithdrawal({ ref: 'other', reason: 'Untrue' })))
    await expectTheSame(record)
  })
})

describe('a user of the database who is no superuser', () => {
  /** Runs work as a new user, on an empty database of whom it says. */
  async function asUser(isOwner: boolean, work: (client: pg.Client) => Promise<void>): Promise<void> {
    const name = `test_${randomUUID().replaceAll('-', '')}`
    const admin = new pg.Client(inject('postgresUrl'))
    await admin.connect()
    await admin.query(`create role ${name} login password '${name}'`)
    await admin.query(`create database ${name} ${isOwner ? `owner ${name}` : ''} template template0`)
    const url = new URL(inject('postgresUrl'))
    url.pathname = `/${name}`
    if (!isOwner) {
      const owner = new pg.Client(url.href)
      await owner.connect()
      await owner.query(`grant create on schema public to ${name}`)
      await owner.end()
    }
    Object.assign(url, { username: name, password: name })
    const client = new pg.Client(url.href)
    try {
      await client.connect()
      await work(client)
    } finally {
      await client.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.query(`drop role ${name}`)
      await admin.end()
    }
  }

  it('but owns it can install search', () =>
    asUser(true, async (client) => {
      expect(await applyMigrations(client, { folder: committed })).toContainEqual(expect.stringMatching(/_search$/))
      const { rows } = await client.query(`select parley_vector('Türkiye') @@ 'turkiye'::tsquery as found`)
      expect(rows).toEqual([{ found: true }])
    }))

  it('nor owns it is told what search needs', () =>
    asUser(false, async (client) => {
      await expect(applyMigrations(client, { folder: committed })).rejects.toThrow(
        /search needs .* extension "unaccent", and permission denied .*: install .*, or have its administrator run "create extension unaccent"/,
      )
    }))
})

it('texts far longer than people write are indexed as far as PostgreSQL can, and refuse nothing', async () => {
  await using record = await openRecord()
  const { rows } = await record.database.pool.query(
    `select length(parley_document(t, t, '{north}', '{}', '{}', array[t], array[t])) as lexemes
     from (select string_agg(repeat(chr(131072 + i % 30000), 3) || i, ' ') as t from generate_series(1, 200000) as i) as long`,
  )
  expect(rows[0].lexemes).toBeGreaterThan(1000)
})

describe('a search of a large record', () => {
  const SIZE = 10_000
  let record: Record
  beforeAll(async () => {
    record = await openRecord()
    // Written as the pen writes, without what search does not read.
    await record.write(async ({ client }) => {
      await client.query(
        `insert into "Development" (id, kind, "processId", withheld)
         select 'd' || i, 'TALK', 'north-south', false from generate_series(1, $1::int) as i`,
        [SIZE],
      )
      await client.query(
        `insert into "Revision" (position, tag, "developmentId", "processId", kind, number, action, "knownAt", "recordedAt", headline,
           "reportCount", "independentSourceCount", facets, changes)
         select i, 'x', 'd' || i, 'north-south', 'TALK', 1, 'CREATED', now(), now(), 'x', 1, 1, '{}', '[]'
         from generate_series(1, $1::int) as i`,
        [SIZE],
      )
      await client.query(
        `insert into "RevisionText" (position, document)
         select i, setweight(parley_vector('Talks number' || i || ' of group' || i % 400), 'A') from generate_series(1, $1::int) as i`,
        [SIZE],
      )
      await client.query('update "Head" set position = $1', [SIZE])
    })
    await record.database.pool.query('vacuum analyze "Revision", "RevisionText", "Development"')
  }, 60_000)
  afterAll(() => record[Symbol.asyncDispose]())

  const viewpoints = [
    ['now', { position: SIZE, tag: 'x', asOf: null }],
    ['as of a day', { position: SIZE, tag: 'x', asOf: new Date('2100-01-01T00:00:00Z') }],
  ] as const
  const compiled = async (query: string) => {
    const search = await compileSearch(record.database.pool, readSearchQuery(query) as SearchQuery)
    if (search === undefined) throw new Error('nothing to search for')
    return search
  }

  /** The plans of the statements that some work sends. */
  async function plansOf(work: (pool: pg.Pool) => Promise<unknown>): Promise<string> {
    const { pool } = record.database
    const plans: string[] = []
    const explaining = {
      async query(text: string, values: unknown[]) {
        const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
        plans.push(...rows.map((row) => row['QUERY PLAN']))
        return { rows: [] }
      },
    }
    await work(explaining as unknown as pg.Pool)
    return plans.join('\n')
  }

  it.each(viewpoints)('reads what it finds by the index, and no table from end to end: %s', async (_, viewpoint) => {
    for (const query of ['number777', 'group7 talks', 'number77*', '"number777 of group377" -group1']) {
      const search = await compiled(query)
      const page = { search, filter: {}, limit: 20, backwards: false }
      const plan = await plansOf(async (pool) => {
        await listFound(pool, viewpoint, page)
        await countFound(pool, viewpoint, search, {})
      })
      expect(plan.match(/Bitmap Index Scan on "RevisionText_document_idx"/g)).toHaveLength(2)
      expect(plan).not.toMatch(/Seq Scan/)
    }
  })

  it('reads no table from end to end for what nearly everything says either', async () => {
    const search = await compiled('talks')
    const plan = await plansOf(async (pool) => {
      await listFound(pool, viewpoints[0][1], { search, filter: {}, limit: 20, backwards: false })
      await countFound(pool, viewpoints[0][1], search, {})
    })
    expect(plan).toContain('Limit')
    expect(plan).not.toMatch(/Seq Scan/)
  })

  it.each(viewpoints)('finds the one, or counts them all: %s', async (_, viewpoint) => {
    const { pool } = record.database
    const one = await listFound(pool, viewpoint, {
      ...{ search: await compiled('number777'), filter: {}, limit: 20, backwards: false },
    })
    expect(one.keys.map(({ position }) => position)).toEqual([777])
    expect(await countFound(pool, viewpoint, await compiled('group7'), {})).toBe(SIZE / 400)
  })

  it('ranks of what nearly everything says what changed last, and counts no further', async () => {
    const { pool } = record.database
    const [, viewpoint] = viewpoints[0]
    const search = await compiled('talks')
    expect(await countFound(pool, viewpoint, search, {})).toBe(RANKED_AT_MOST + 1)
    const last = { search, filter: {}, limit: 1, backwards: true }
    expect((await listFound(pool, viewpoint, last)).keys).toEqual([
      { position: SIZE - RANKED_AT_MOST + 1, sort: expect.stringMatching(/^\d+$/) },
    ])
  })

  it('looks names up by their index', async () => {
    const { pool } = record.database
    await pool.query(
      `insert into "Actor" (id, kind, name) select 'a' || i, 'PERSON', 'Person ' || i from generate_series(1, 5000) as i`,
    )
    await pool.query(
      `insert into "ActorName" (key, "actorId", name, kind) select lower(name), id, name, 'OFFICIAL' from "Actor" where id like 'a%'`,
    )
    await pool.query('analyze "ActorName"')
    const plans: string[] = []
    const explaining = {
      async query({ text, values }: pg.QueryConfig) {
        const { rows } = await pool.query(`explain ${text}`, values)
        plans.push(...rows.map((row) => row['QUERY PLAN']))
        return pool.query(text, values)
      },
    }
    await compileSearch(explaining as unknown as pg.Pool, readSearchQuery('Person 77 talks') as SearchQuery)
    expect(plans.join('\n')).toMatch(/Index Scan (using|on) "ActorName_words"/)
  })
})
