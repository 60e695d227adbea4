import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Cursor } from '../../src/feed/cursor.ts'
import { type Feed, openFeed } from '../../src/feed/feed.ts'
import { anonymous } from '../../src/feed/viewer.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { write } from '../../src/store/pen.ts'
import { tester } from '../support/author.ts'
import { encodeSent, fakeLine } from '../support/fakeLine.ts'
import { transports } from '../support/follower.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer } from '../support/server.ts'
import { withoutNotices } from '../support/silence.ts'

const now = new Date('2024-01-01T00:00:00Z')
let record: Record
let news: News
let admin: pg.Client
beforeEach(async () => {
  record = await openRecord()
  news = newsOf(record.write)
  admin = new pg.Client(inject('postgresUrl'))
  await admin.connect()
})
afterEach(async () => {
  await admin.end()
  await record[Symbol.asyncDispose]()
})

/** What happens without a notice. */
function silently(): News {
  const pool = withoutNotices(record.database)
  return newsOf((work) => write(pool, { now, author: tester }, work))
}

const tails = `select pid from pg_stat_activity where application_name = 'parley tail' and datname = $1`
const nameOf = ({ url }: Record) => new URL(url).pathname.slice(1)

/** The database connections of the tails that follow the record. */
async function tailConnections(): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(tails, [nameOf(record)])
  return rows.map(({ pid }) => pid)
}

async function killTails(): Promise<void> {
  await admin.query(`select pg_terminate_backend(pid) from (${tails}) t`, [nameOf(record)])
}

/** Tells of the tail's connection as it changes. */
function connections() {
  const seen: string[] = []
  let wake = () => {}
  return {
    seen,
    onConnection(state: 'connected' | 'lost') {
      seen.push(state)
      wake()
    },
    async until(fits: () => boolean): Promise<void> {
      while (!fits()) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

describe.each(transports)('over $name', ({ follow }) => {
  it('F3 a lost notice costs latency only: the tail polls', async () => {
    await using server = await openServer(record, { pollMs: 50 })
    const follower = follow(server.port)
    await follower.state('CAUGHT_UP')
    await silently().many(3, 'swap')
    await follower.waitFor((item) => item.position === 3)
    expect(follower.items.map(({ position }) => position)).toEqual([0, 0, 1, 2, 3])
    follower.stop()
  })

  it('F3 a notice brings what came without one before it, in order and once', async () => {
    await using server = await openServer(record)
    const follower = follow(server.port)
    await follower.state('CAUGHT_UP')
    await silently().many(2, 'silent')
    await news.agreed('loud')
    await follower.waitFor((item) => item.position === 3)
    expect(follower.items.flatMap(({ ref }) => ref ?? [])).toEqual(['silent-1', 'silent-2', 'loud'])
    follower.stop()
  })

  it('F3 a tail whose connection is killed, time and again, comes back and catches up', async () => {
    const connection = connections()
    await using server = await openServer(record, connection)
    const follower = follow(server.port)
    await follower.state('CAUGHT_UP')
    const times = 4
    for (let i = 0; i < times; i++) {
      await killTails()
      await Promise.all([news.many(3, `round-${i}`), connection.until(() => connection.seen.length === 3 + 2 * i)])
    }
    const head = 3 * times
    if (follower.items.at(-1)?.position !== head) await follower.waitFor((item) => item.position === head)
    expect(follower.items.slice(2).map(({ position }) => position)).toEqual(
      Array.from({ length: head }, (_, i) => i + 1),
    )
    expect(connection.seen).toEqual(['connected', ...Array.from({ length: times }, () => ['lost', 'connected']).flat()])
    follower.stop()
  })

  it('F3 followers stay, and hear heartbeats, while the database is away; when it is back they go on', async () => {
    const connection = connections()
    await using server = await openServer(record, { ...connection, heartbeatMs: 50 })
    const follower = follow(server.port)
    await follower.state('CAUGHT_UP')
    await admin.query(`alter database ${nameOf(record)} allow_connections false`)
    await killTails()
    // Once because it was lost, and then at every attempt in vain.
    await connection.until(() => connection.seen.filter((state) => state === 'lost').length >= 3)
    await follower.state('HEARTBEAT')
    await admin.query(`alter database ${nameOf(record)} allow_connections true`)
    await news.agreed('swap')
    expect(await follower.change()).toMatchObject({ position: 1, ref: 'swap' })
    follower.stop()
  })

  it('F4 one tail a process: one database connection, however many follow', async () => {
    await using server = await openServer(record)
    const followers = Array.from({ length: 30 }, () => follow(server.port))
    for (const follower of followers) await follower.state('CAUGHT_UP')
    expect(server.feed.followers).toBe(30)
    expect(await tailConnections()).toHaveLength(1)
    for (const follower of followers) follower.stop()
  })
})

describe('the feed of a process', () => {
  let database: Database
  let feed: Feed
  let reads: string[]
  beforeEach(async () => {
    database = await openDatabase({ url: record.url })
    reads = []
    const { pool, url } = database
    await news.agreed('old')
    const counting = new Proxy(pool, {
      get: (on, name) => {
        if (name !== 'query') return Reflect.get(on, name)
        return (query: pg.QueryConfig) => {
          reads.push(query.name ?? query.text)
          return on.query(query)
        }
      },
    })
    feed = await openFeed({ pool: counting, url, pollMs: 60_000, heartbeatMs: 60_000, stallMs: 60_000 })
  })
  afterEach(async () => {
    await feed.close(0)
    await database.close()
  })

  const follow = (after: Cursor) => {
    const line = fakeLine()
    const subscription = { key: 'everything', filter: {}, encode: encodeSent }
    return { line, stop: feed.follow({ subscription, viewer: anonymous, after, line }) }
  }

  it('F4 each revision is loaded once and shared by all followers', async () => {
    const followers = Array.from({ length: 20 }, () => follow(feed.head()))
    for (const { line } of followers) await line.state('CAUGHT_UP')
    await news.many(50, 'swap')
    for (const { line, stop } of followers) {
      await line.until(({ position }) => position === 51)
      stop()
    }
    expect(reads).toEqual([])
  })

  it('F4 only who is behind what the process knows has the log read, a page at a time, for all who are there', async () => {
    await news.many(5, 'swap')
    const live = follow(feed.head())
    await live.line.state('CAUGHT_UP')
    const behind = Array.from({ length: 20 }, () => follow(feed.origin()))
    for (const { line } of behind) await line.state('CAUGHT_UP')
    expect(reads).toEqual(['read log'])
    await news.many(5, 'new')
    for (const { line, stop } of [live, ...behind]) {
      await line.until(({ position }) => position === 11)
      stop()
    }
    expect(reads).toEqual(['read log'])
  })
})

it('a connection that is lost again and again leaves nothing behind', async () => {
  const warnings: Error[] = []
  const warned = (warning: Error) => warnings.push(warning)
  process.on('warning', warned)
  const { seen, onConnection, until } = connections()
  await using server = await openServer(record, { onConnection })
  // Node warns of eleven listeners that nobody takes away.
  for (let times = 1; times <= 12; times++) {
    await killTails()
    await until(() => seen.filter((state) => state === 'connected').length > times)
  }
  await server.close()
  process.off('warning', warned)
  expect(warnings).toEqual([])
})
