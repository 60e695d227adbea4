import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { createDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof createDatabase>>

beforeAll(async () => {
  database = await createDatabase()
})

afterAll(async () => {
  await database.drop()
})

describe('an open database', () => {
  test('is one pool for Prisma and for SQL of our own', async () => {
    const { pool, prisma, close } = await openDatabase({ url: database.url, poolSize: 1 })
    const sql = await pool.query('select pg_backend_pid() as pid')
    expect(await prisma.$queryRaw`select pg_backend_pid() as pid`).toEqual(sql.rows)
    await close()
  })

  test('gives back the moment that Prisma wrote, also in SQL', async () => {
    const { pool, prisma, close } = await openDatabase({ url: database.url })
    const moment = new Date('2026-10-25T01:30:00.125Z')
    const [row] = await prisma.$queryRaw<{ epoch: number }[]>`
      select extract(epoch from ${moment}::timestamptz)::float8 as epoch`
    expect(row?.epoch).toBe(moment.getTime() / 1000)
    expect((await pool.query(`select current_setting('TimeZone') as zone`)).rows).toEqual([{ zone: 'UTC' }])
    await close()
  })

  test("keeps the address's own options", async () => {
    const url = new URL(database.url)
    url.searchParams.set('options', '-c statement_timeout=1234')
    const { pool, close } = await openDatabase({ url: url.href })
    const { rows } = await pool.query(
      `select current_setting('TimeZone') as zone, current_setting('statement_timeout') as timeout`,
    )
    expect(rows).toEqual([{ zone: 'UTC', timeout: '1234ms' }])
    await close()
  })

  test("prepares Prisma's queries once a connection", async () => {
    const { pool, prisma, close } = await openDatabase({ url: database.url, poolSize: 1 })
    for (const id of ['a', 'b', 'c']) await prisma.process.findUnique({ where: { id } })
    const { rows } = await pool.query('select count(*)::int from pg_prepared_statements')
    expect(rows).toEqual([{ count: 1 }])
    await close()
  })
})

describe('one line without the password says what to do', () => {
  const at = (change: (url: URL) => void): string => {
    const url = new URL(database.url)
    url.password = 'secret-word'
    change(url)
    return url.href
  }
  const refusal = async (url: string): Promise<string> => {
    const error = await openDatabase({ url }).catch((reason: Error) => reason)
    expect(error).toMatchObject({ name: 'StartupError', message: expect.not.stringMatching(/secret-word|\n/) })
    return (error as Error).message
  }

  test('about a server that is not there', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    const url = at((address) => {
      address.port = `${port}`
    })
    expect(await refusal(url)).toMatch(
      `PostgreSQL at 127.0.0.1:${port} cannot be reached (ECONNREFUSED): see that it runs`,
    )
  })

  test('about a wrong password', async () => {
    expect(await refusal(at(() => {}))).toMatch(/refuses parley: check user and password/)
  })

  test('about a database that does not exist', async () => {
    const url = new URL(database.url)
    url.pathname = '/elsewhere'
    expect(await refusal(url.href)).toMatch(/has no database elsewhere: create it/)
  })

  test('about an address that is none', async () => {
    expect(await refusal('secret-word@somewhere')).toMatch(/DATABASE_URL is not an address: write it as postgresql:/)
  })
})
