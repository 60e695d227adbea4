import pg from 'pg'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { originOf } from '../support/ask.ts'
import { bySse, byWebSocket, type Follower, type FollowOptions, SUBSCRIPTION } from '../support/follower.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
let followers: Follower[]
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record)
  news = newsOf(record.write)
  followers = []
})
afterEach(async () => {
  for (const follower of followers) follower.stop()
  await server.close()
  await record[Symbol.asyncDispose]()
})

/** Follows over both transports, and waits until all are live. */
async function follow(...all: FollowOptions[]): Promise<void> {
  const opened = all.flatMap((options) => [byWebSocket(server.port, options), bySse(server.port, options)])
  followers.push(...opened)
  for (const follower of opened) await follower.state('CAUGHT_UP')
}

/** Lets an exchange be agreed, and counts how often the content of a revision is read for those who follow. */
async function readingsOf(ref: string): Promise<number> {
  const { query } = pg.Client.prototype
  let count = 0
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    const [sent] = args as [{ name?: string }]
    if (sent?.name === 'read revisions') count++
    return Reflect.apply(query, this, args)
  } as typeof query
  onTestFinished(() => {
    pg.Client.prototype.query = query
  })
  await news.agreed(ref)
  for (const follower of followers) await follower.waitFor((item) => item.ref === ref)
  pg.Client.prototype.query = query
  return count
}

it('F4 executes an operation once for all who follow it, over every transport, wherever they began', async () => {
  await news.many(3, 'old')
  await follow({})
  const alone = await readingsOf('first')
  expect(alone).toBe(1)
  await follow({ after: await originOf(server) }, { last: 2 }, {}, {}, {})
  expect(server.feed.standings()).toEqual({ groups: 1, live: 12, behind: [] })
  expect(await readingsOf('second')).toBe(alone)
  const told = followers.map(({ items }) => JSON.stringify(items.at(-1)))
  expect(new Set(told).size).toBe(1)
})

it('F4 keeps apart who asks otherwise: by text, by name, or by the value of a variable', async () => {
  const named = SUBSCRIPTION.replace('subscription (', 'subscription News (')
  await follow({}, { query: named }, { filter: { kind: ['TALK'] } }, { filter: { kind: ['EXCHANGE'] } })
  expect(server.feed.standings()).toEqual({ groups: 4, live: 8, behind: [] })
  followers.slice(0, 4).forEach((follower) => {
    follower.stop()
  })
  await expect.poll(() => server.feed.standings()).toEqual({ groups: 2, live: 4, behind: [] })
  await news.met('meeting')
  await news.agreed('swap')
  const [talks, , exchanges] = followers.slice(4)
  expect(await talks?.change()).toMatchObject({ ref: 'meeting' })
  expect(await exchanges?.change()).toMatchObject({ ref: 'swap' })
})
