import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { applyMigrations } from '../../src/store/migrations.ts'
import { diffSchema } from '../../src/store/schemaDiff.ts'
import { createDatabase } from '../support/database.ts'

const committed = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const schema = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url))

let database: Awaited<ReturnType<typeof createDatabase>>
let scratch: string
let clients: pg.Client[]

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(database.url)
  await client.connect()
  clients.push(client)
  return client
}

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(scratch, name), { recursive: true })
  await writeFile(join(scratch, name, 'migration.sql'), sql)
}

beforeEach(async () => {
  clients = []
  scratch = await mkdtemp(join(tmpdir(), 'parley-migrations-'))
  database = await createDatabase({ isEmpty: true })
})

afterEach(async () => {
  for (const client of clients) await client.end()
  await database.drop()
  await rm(scratch, { recursive: true, force: true })
})

describe('the committed migrations', () => {
  test('make the database that schema.prisma describes', async () => {
    await applyMigrations(await connect(), { folder: committed })
    expect(await diffSchema({ url: database.url, schema })).toBeUndefined()
  })

  test('are found wanting when schema.prisma has one column more', async () => {
    await applyMigrations(await connect(), { folder: committed })
    const changed = join(scratch, 'schema.prisma')
    const text = await readFile(schema, 'utf8')
    await writeFile(changed, text.replace('model Process {', 'model Process {\n  nickname String?'))
    expect(await diffSchema({ url: database.url, schema: changed })).toMatch(
      /ALTER TABLE "Process" ADD COLUMN +"nickname"/,
    )
  })

  test('are applied once: a second start finds nothing to do', async () => {
    const client = await connect()
    expect(await applyMigrations(client, { folder: committed })).not.toEqual([])
    expect(await applyMigrations(client, { folder: committed })).toEqual([])
  })

  test('are applied by one of two servers that start at the same moment', async () => {
    const servers = await Promise.all([connect(), connect()])
    const applied = await Promise.all(servers.map((client) => applyMigrations(client, { folder: committed })))
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
  })
})

test("a migration is noted as Prisma's own commands note it", async () => {
  await writeMigration('20260101000000_one', 'create table one (id int);\n')
  const client = await connect()
  await applyMigrations(client, { folder: scratch })
  const { rows } = await client.query('select * from _prisma_migrations')
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      // sha256sum of the file
      checksum: '35899e0fbae58a7cb662d11284931ae9d9c920c0a4e2891238d1d02fdcd69bcf',
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      migration_name: '20260101000000_one',
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    },
  ])
})

test('a function body with semicolons is applied whole', async () => {
  await writeMigration(
    '20260101000000_function',
    'create function two() returns int language plpgsql as $$ begin perform 1; return 2; end $$;',
  )
  const client = await connect()
  await applyMigrations(client, { folder: scratch })
  expect((await client.query('select two()')).rows).toEqual([{ two: 2 }])
})

test('a migration that fails changes nothing and stops the start, naming itself', async () => {
  await writeMigration('20260101000000_one', 'create table one (id int)')
  await writeMigration('20260102000000_two', 'create table two (id int); select nonsense')
  const client = await connect()
  await expect(applyMigrations(client, { folder: scratch })).rejects.toThrow(/20260102000000_two failed.*nonsense/)
  const { rows } = await client.query(`select to_regclass('one') as one, to_regclass('two') as two`)
  expect(rows).toEqual([{ one: 'one', two: null }])

  await writeMigration('20260102000000_two', 'create table two (id int)')
  expect(await applyMigrations(client, { folder: scratch })).toEqual(['20260102000000_two'])
})

describe('a start is refused', () => {
  test('when the file of an applied migration was changed', async () => {
    await cp(committed, scratch, { recursive: true })
    const client = await connect()
    const [first] = await applyMigrations(client, { folder: scratch })
    await appendFile(join(scratch, first as string, 'migration.sql'), '-- changed\n')
    await expect(applyMigrations(client, { folder: scratch })).rejects.toThrow(`${first} was changed`)
  })

  test('but not when git has only changed its line ends', async () => {
    await writeMigration('20260101000000_one', 'create table one (\n  id int\n);\n')
    const client = await connect()
    await applyMigrations(client, { folder: scratch })
    await writeMigration('20260101000000_one', 'create table one (\r\n  id int\r\n);\r\n')
    expect(await applyMigrations(client, { folder: scratch })).toEqual([])
  })

  test('when the file of an applied migration is missing', async () => {
    await writeMigration('20260101000000_one', 'create table one (id int)')
    const client = await connect()
    await applyMigrations(client, { folder: scratch })
    await rm(join(scratch, '20260101000000_one'), { recursive: true })
    await expect(applyMigrations(client, { folder: scratch })).rejects.toThrow(/20260101000000_one.*a newer one/)
  })

  test("when the database holds tables that are not Parley's", async () => {
    const client = await connect()
    await client.query('create table invoices (id int)')
    await expect(applyMigrations(client, { folder: committed })).rejects.toThrow(/1 tables that are not Parley's/)
  })
})
