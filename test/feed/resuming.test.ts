import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { originOf } from '../support/ask.ts'
import { start } from '../support/command.ts'
import { makeFolder } from '../support/folder.ts'
import { LIGHT, type Seen, transports } from '../support/follower.ts'
import { openLine } from '../support/line.ts'
import { type News, newsOf, report } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { exchange } from '../support/sample.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record)
  news = newsOf(record.write)
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const positionsOf = (items: readonly Seen[]) => items.flatMap((item) => (item.state ? [] : [item.position]))
const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)

/** Takes the log away from readers until it is given back. */
async function lockLog(): Promise<{ waiting(): Promise<void>; release(): Promise<void> }> {
  const client = await record.database.pool.connect()
  await client.query('begin')
  await client.query('lock table "Revision" in access exclusive mode')
  return {
    // Not the tail, which may be waiting too.
    async waiting() {
      const sql = `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'parley'
        and datname = current_database()`
      await expect.poll(async () => (await client.query(sql)).rows[0].count).toBe(1)
    },
    async release() {
      await client.query('rollback')
      client.release()
    },
  }
}

describe.each(transports)('over $name', ({ follow }) => {
  it('F2 cut time and again, in the middle of the replay and after it, the stock client gets every position once', async () => {
    await using line = await openLine(server.port)
    const old = 60
    await news.many(old, 'old')
    const follower = follow(line.port, { after: await originOf(server), query: LIGHT, comesBack: true })
    for (const at of [1, 7, 8, 33]) {
      await follower.waitFor((item) => item.position >= at)
      line.cut()
    }
    await follower.state('CAUGHT_UP')
    for (let i = 1; i <= 5; i++) {
      line.cut()
      await news.agreed(`new-${i}`)
      await follower.waitFor((item) => item.ref === `new-${i}`)
    }
    expect(line.made).toBeGreaterThan(5)
    expect(positionsOf(follower.items)).toEqual(upTo(old + 5))
    follower.stop()
  })

  it('F3 what another process ingests is with the subscriber within a second', async () => {
    await using folder = await makeFolder()
    const on = '2023-12-07'
    const file = await folder.write('dispatch.json', report(on, exchange({ ref: 'swap', status: 'AGREED', on })))
    const follower = follow(server.port)
    await follower.state('CAUGHT_UP')
    const ingest = start('cli/ingest', [file], { env: { DATABASE_URL: record.url } })
    await expect.poll(() => record.head(), { timeout: 15_000 }).toBe(1)
    const committed = performance.now()
    expect(await follower.change()).toMatchObject({ ref: 'swap', action: 'CREATED' })
    expect(performance.now() - committed).toBeLessThan(1000)
    expect(await ingest.finish()).toMatchObject({ code: 0 })
    follower.stop()
  })

  it('F3 who comes back while the database is away is told to try again, and gets what it missed when it is back', async () => {
    await using line = await openLine(server.port)
    const follower = follow(line.port, { comesBack: true })
    await follower.state('CAUGHT_UP')
    await record.database.pool.query('alter table "Head" rename to "Gone"')
    await record.database.pool.query('alter table "Revision" rename to "GoneToo"')
    line.cut()
    await expect.poll(() => server.errors.length).toBeGreaterThan(2)
    await record.database.pool.query('alter table "Gone" rename to "Head"')
    await record.database.pool.query('alter table "GoneToo" rename to "Revision"')
    await news.agreed('swap')
    expect(await follower.change()).toMatchObject({ ref: 'swap', position: 1 })
    expect(follower.errors.every(({ message }) => message === 'Unexpected error.')).toBe(true)
    follower.stop()
  })

  it('F12 a client that is gone before its subscription is open leaves nothing behind', async () => {
    const after = await originOf(server)
    await news.agreed('swap')
    await using line = await openLine(server.port)
    const log = await lockLog()
    const follower = follow(line.port, { after })
    await log.waiting()
    line.cut()
    await follower.ended
    // Nobody waits for the log any more, the server included.
    await log.release()
    await expect.poll(() => server.feed.standings()).toEqual({ groups: 0, live: 0, behind: [] })
    await news.agreed('later')
    await expect.poll(() => server.feed.head().position).toBe(2)
    expect(server.feed.followers).toBe(0)
  })

  it('F12 a client that stops, whenever it does, leaves nothing behind', async () => {
    await news.many(20, 'old')
    const after = await originOf(server)
    const live = follow(server.port)
    await live.state('CAUGHT_UP')
    const replaying = follow(server.port, { after })
    await replaying.waitFor((item) => item.position === 3)
    live.stop()
    replaying.stop()
    await expect.poll(() => server.feed.followers).toBe(0)
  })

  it('F2 an item whose development cannot be read comes with its cursor and an error that tells nothing internal, and following goes on', async () => {
    const query = `subscription { developments {
      __typename cursor position previousPosition
      ... on DevelopmentChange { action ref development { ... on Exchange { legs { key } } } revision { report { ref } } }
      ... on FeedStatus { state }
    } }`
    const follower = follow(server.port, { query })
    await follower.state('CAUGHT_UP')
    await record.write(async (pen) => {
      await newsOf((task) => task(pen)).agreed('broken')
      await pen.client.query('alter table "Leg" rename to "Gone"')
      await pen.client.query('alter table "Dispatch" rename to "GoneToo"')
    })
    expect(await follower.change()).toMatchObject({ position: 1, ref: 'broken', development: null })
    expect(follower.errors.map(({ message }) => message)).toContain('Unexpected error.')
    const told = follower.errors.map(({ message, extensions }) => ({ message, extensions }))
    expect(JSON.stringify(told)).not.toMatch(/Leg|Gone|Dispatch|relation|prisma/i)
    await record.database.pool.query('alter table "Gone" rename to "Leg"')
    await record.database.pool.query('alter table "GoneToo" rename to "Dispatch"')
    await news.agreed('mended')
    expect(await follower.change()).toMatchObject({ position: 2, previousPosition: 1, ref: 'mended', development: {} })
    follower.stop()
  })
})
