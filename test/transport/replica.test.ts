import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import { openReplica } from '../../src/store/replica.ts'
import { ask } from '../support/ask.ts'
import { type News, newsOf } from '../support/news.ts'
import { type OwnPostgres, openOwnPostgres } from '../support/ownPostgres.ts'
import { openRecordAt, type Record } from '../support/record.ts'
import { openReplicaOf, PRIMARY, type Replica } from '../support/replica.ts'
import { openServer, type TestServer } from '../support/server.ts'

// What a test writes need not survive the machine.
const FAST = { fsync: 'off' }
const patient = { timeout: 20_000 }

let primary: OwnPostgres
let standby: Replica
let record: Record
let news: News
let server: TestServer
beforeAll(async () => {
  primary = await openOwnPostgres({ ...PRIMARY, ...FAST })
  const store = await openStore({ databaseUrl: primary.url, dataDir: '' })
  await store.close()
  record = await openRecordAt({ url: primary.url, drop: async () => {} })
  news = newsOf(record.write)
  await news.agreed('swap')
  standby = await openReplicaOf(primary.url, FAST)
  await standby.caughtUp()
  server = await openServer(record, { replicaUrl: standby.url, pollMs: 50 })
})
afterAll(async () => {
  await server?.close()
  await record?.[Symbol.asyncDispose]()
  await standby?.[Symbol.asyncDispose]()
  await primary?.[Symbol.asyncDispose]()
})

let asked = 0
/** The refs of the record, by a question that was not asked before. */
async function refs(): Promise<string[]> {
  const query = `{ developments(first: ${100 - (asked++ % 50)}) { nodes { ref headline claims { text } } } }`
  const { data } = await ask<{ developments: { nodes: { ref: string }[] } }>(server.url, query)
  return data.developments.nodes.map(({ ref }) => ref).sort()
}

/** How often the replica was asked, or was not and why, as `/metrics` has it. */
async function reads(): Promise<{ [outcome: string]: number }> {
  const text = await (await fetch(new URL('/metrics', server.url))).text()
  const rows = text.matchAll(/^parley_replica_reads_total\{outcome="(\w+)"\} (\d+)$/gm)
  return Object.fromEntries([...rows].map(([, outcome, count]) => [outcome, Number(count)]))
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'test' })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** What the server's sessions at a database did last. */
const sessions = (url: string) =>
  query<{ pid: number; query: string; wait: string | null }>(
    url,
    `select pid, query, wait_event_type as wait from pg_stat_activity where application_name = 'parley'`,
  )

describe('with a replica', () => {
  it('what can be asked of the record is asked there, exports too', async () => {
    const before = await reads()
    expect(await refs()).toEqual(['swap'])
    expect((await sessions(standby.url)).map(({ query: sql }) => sql).join()).toContain('from "Actor"')
    const text = await (await fetch(new URL('/export', server.url))).text()
    expect(text).toContain('"ref":"swap"')
    expect(await reads()).toEqual({ ...before, asked: (before.asked as number) + 2 })
  })

  it('what it has not received yet is read where it was written: a read never misses what its client has written', async () => {
    await standby.pause()
    const before = await reads()
    await news.agreed('held-back')
    expect(await refs()).toEqual(['held-back', 'swap'])
    expect(await (await fetch(new URL('/export', server.url))).text()).toContain('"ref":"held-back"')
    expect(await reads()).toEqual({ ...before, behind: (before.behind as number) + 2 })
    await standby.resume()
    await standby.caughtUp()
    expect(await refs()).toEqual(['held-back', 'swap'])
    expect((await reads()).asked).toBe((before.asked as number) + 1)
  })

  it('what fails there is answered by the primary', async () => {
    // What was read before is at hand, and nobody would wait for it.
    await news.agreed('locked')
    await standby.caughtUp()
    const before = await reads()
    const holder = new pg.Client(primary.url)
    await holder.connect()
    // Locks of this kind go to the standby, too, and hold readers up in both places.
    await holder.query('begin; lock table "Claim" in access exclusive mode')
    await query(primary.url, 'select pg_switch_wal()')
    const locks = `select 1 from pg_locks where mode = 'AccessExclusiveLock' and relation = '"Claim"'::regclass`
    await expect.poll(() => query(standby.url, locks), patient).not.toEqual([])
    const answer = refs()
    const waiting = async (url: string) => (await sessions(url)).find(({ wait }) => wait === 'Lock')?.pid
    await expect.poll(() => waiting(standby.url), patient).toBeDefined()
    await query(standby.url, `select pg_terminate_backend(${await waiting(standby.url)})`)
    await expect.poll(() => waiting(primary.url), patient).toBeDefined()
    await holder.query('rollback')
    await holder.end()
    expect(await answer).toEqual(['held-back', 'locked', 'swap'])
    expect((await reads()).failed).toBe((before.failed as number) + 1)
    expect(server.errors).toEqual([])
  })

  it('that is away the primary is asked, and the replica again when it is back', async () => {
    await standby.kill()
    const before = await reads()
    expect(await refs()).toEqual(['held-back', 'locked', 'swap'])
    await news.agreed('alone')
    expect(await refs()).toEqual(['alone', 'held-back', 'locked', 'swap'])
    expect(await reads()).toEqual({ ...before, away: (before.away as number) + 2 })
    await standby.start()
    await standby.caughtUp()
    await expect
      .poll(async () => {
        expect(await refs()).toEqual(['alone', 'held-back', 'locked', 'swap'])
        return (await reads()).asked
      }, patient)
      .toBe((before.asked as number) + 1)
  }, 60_000)

  it('that was promoted the primary is asked: what is written there is of another history', async () => {
    await query(standby.url, 'select pg_promote()')
    const before = await reads()
    expect(await refs()).toEqual(['alone', 'held-back', 'locked', 'swap'])
    expect(await reads()).toEqual({ ...before, behind: (before.behind as number) + 1 })
  })
})

describe('a replica', () => {
  it('is refused at the start when it is none', async () => {
    await expect(openReplica({ url: primary.url, onState: () => {} })).rejects.toThrow('is no standby')
  })

  it('may be away at the start, which is told', async () => {
    const told: string[] = []
    const onState = (state: string, error?: Error) => told.push(`${state} ${(error as NodeJS.ErrnoException).code}`)
    const replica = await openReplica({ url: 'postgresql://nobody@127.0.0.1:1/none', onState })
    expect(await replica.caughtUpWith({ position: 0, tag: '', history: '', identities: 0 })).toBeUndefined()
    expect(replica.reads()).toMatchObject({ away: 1, asked: 0 })
    expect(told).toEqual(['away ECONNREFUSED'])
    await replica.close()
  })
})
