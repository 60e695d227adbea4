import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CloseEvent, WebSocket } from 'ws'
import { originOf } from '../support/ask.ts'
import { LIGHT, type Seen, transports } from '../support/follower.ts'
import { openLine } from '../support/line.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer } from '../support/server.ts'

let record: Record
let news: News
beforeEach(async () => {
  record = await openRecord()
  news = newsOf(record.write)
})
afterEach(() => record[Symbol.asyncDispose]())

const positionsOf = (items: readonly Seen[]) => items.flatMap((item) => (item.state ? [] : [item.position]))

it('F12 a client that ended one of the subscriptions on its socket, and asked a query over it, is sent away as soon as the others', async () => {
  const server = await openServer(record, { drainMs: 15_000 })
  const client = createClient({
    url: `ws://127.0.0.1:${server.port}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  })
  const query = 'subscription { developments { ... on FeedStatus { state } } }'
  const [ends, stays] = [client.iterate({ query }), client.iterate({ query })]
  for (const items of [ends, stays]) for (let i = 0; i < 2; i++) await items.next()
  await client.iterate({ query: '{ feedHead { position } }' }).next()
  await ends.return?.()
  await expect.poll(() => server.feed.followers).toBe(1)
  const closed = new Promise<CloseEvent>((resolve) => client.on('closed', (event) => resolve(event as CloseEvent)))
  const started = performance.now()
  const closing = server.close()
  expect((await stays.next()).value).toEqual({ data: { developments: { state: 'CLOSING' } } })
  expect(await closed).toMatchObject({ code: 1012, reason: 'CLOSING' })
  expect(performance.now() - started).toBeLessThan(1000)
  await expect(stays.next()).rejects.toMatchObject({ code: 1012 })
  await closing
})

describe.each(transports)('over $name', ({ name, follow }) => {
  it('F12 on shutdown every follower gets CLOSING with its cursor, and its connection ends so that clients come back', async () => {
    const server = await openServer(record)
    await news.agreed('swap')
    // "From now" is from what the server has heard of.
    await expect.poll(() => server.feed.head().position).toBe(1)
    const followers = [follow(server.port, { last: 1 }), follow(server.port), follow(server.port)]
    for (const follower of followers) await follower.state('CAUGHT_UP')
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(1000)
    for (const follower of followers) {
      const ending = await follower.ended
      expect(ending).toMatchObject(name === 'SSE' ? { how: 'cut' } : { how: 'cut', code: 1012, reason: 'CLOSING' })
      expect(follower.items.at(-1)).toMatchObject({ state: 'CLOSING', position: 1 })
    }
  })

  it('F12 nothing of a closed server remains: no follower, no connection, no timer', async () => {
    const before = process.getActiveResourcesInfo().sort()
    const server = await openServer(record, { heartbeatMs: 30_000 })
    await news.agreed('swap')
    const followers = Array.from({ length: 5 }, () => follow(server.port, { last: 1 }))
    for (const follower of followers) await follower.state('CAUGHT_UP')
    expect(server.feed.followers).toBe(5)
    await server.close()
    for (const follower of followers) await follower.ended
    expect(server.feed.followers).toBe(0)
    await expect.poll(() => process.getActiveResourcesInfo().sort()).toEqual(before)
    expect(server.errors).toEqual([])
  })

  it('F12 a follower in the middle of a replay is told CLOSING too, and elsewhere goes on where it was', async () => {
    const first = await openServer(record)
    // So many that it certainly is in the middle when the first ones have come: each step reads the database.
    const count = 800
    await news.many(count, 'old')
    const second = await openServer(record)
    await using line = await openLine(first.port)
    const follower = follow(line.port, { after: await originOf(first), comesBack: true })
    await follower.waitFor((item) => item.position === 5)
    line.reroute(second.port)
    await first.close()
    const closing = await follower.state('CLOSING')
    expect(closing.position).toBeLessThan(count)
    await follower.state('CAUGHT_UP')
    expect(positionsOf(follower.items)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
    follower.stop()
    await second.close()
  })

  it('F12 the stock client comes back after a shutdown, every time', async () => {
    const times = 8
    let server = await openServer(record)
    await using line = await openLine(server.port)
    const follower = follow(line.port, { query: LIGHT, comesBack: true })
    await follower.state('CAUGHT_UP')
    for (let i = 1; i <= times; i++) {
      const next = await openServer(record)
      line.reroute(next.port)
      await Promise.all([server.close(), news.agreed(`swap-${i}`)])
      server = next
      await Promise.race([
        follower.waitFor((item) => item.position === i),
        follower.ended.then((e) => expect(e).toBe('back')),
      ])
    }
    expect(positionsOf(follower.items)).toEqual(Array.from({ length: times }, (_, i) => i + 1))
    follower.stop()
    await server.close()
  })
})
