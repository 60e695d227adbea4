import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Viewer } from '../../src/feed/viewer.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

// Who is let in, by token: what a table of keys would say.
const viewers = new Map<string, Viewer>()
const identify = (authorization: string | undefined): Viewer | null => viewers.get(authorization ?? '') ?? null

let record: Record
let server: TestServer
let news: News
beforeEach(async () => {
  viewers.clear()
  record = await openRecord()
  server = await openServer(record, { identify })
  news = newsOf(record.write)
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

type Items = AsyncIterator<{ data?: { developments?: { ref?: string; state?: string } } | null }>

/** Follows with a token; `closes` tells the close codes of WebSockets. */
const doors: { name: string; open: (token: string, closes: number[]) => Items }[] = [
  {
    name: 'WebSocket',
    open(authorization, closes) {
      const url = `ws://127.0.0.1:${server.port}/graphql`
      const client = createWsClient({
        url,
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
        retryAttempts: 0,
      })
      client.on('closed', (event) => closes.push((event as { code: number }).code))
      return client.iterate({ query }) as Items
    },
  },
  {
    name: 'SSE',
    open: (authorization) =>
      createSseClient({ url: server.url, headers: { authorization }, retryAttempts: 0 }).iterate({ query }) as Items,
  },
]
const query = 'subscription { developments { ... on DevelopmentChange { ref } ... on FeedStatus { state } } }'

const next = async (items: Items) => (await items.next()).value?.data?.developments
const caughtUp = async (items: Items) =>
  expect([await next(items), await next(items)]).toEqual([{ state: 'OPENED' }, { state: 'CAUGHT_UP' }])

describe.each(doors)('over $name', ({ name, open }) => {
  it('F4 a viewer whose token expires is sent nothing more, and away so that it comes back with another', async () => {
    viewers.set('old', { scope: 'READER', name: 'reader' }).set('other', { scope: 'READER', name: 'reader' })
    const closes: number[] = []
    const [items, other] = [open('old', closes), open('other', [])]
    await Promise.all([items, other].map(caughtUp))
    await news.agreed('seen')
    expect(await next(items)).toEqual({ ref: 'seen' })
    Object.assign(viewers.get('old') as object, { scope: null })
    await news.agreed('unseen')
    await expect(items.next()).rejects.toBeDefined()
    if (name === 'WebSocket') expect(closes).toEqual([4403])
    expect([await next(other), await next(other)]).toEqual([{ ref: 'seen' }, { ref: 'unseen' }])
    await expect.poll(() => server.feed.standings()).toEqual({ groups: 1, live: 1, behind: [] })
    await other.return?.()
  })

  it('F4 a viewer whose role is revoked goes on in the group of what it may still see', async () => {
    viewers.set('desk', { scope: 'DESK', name: 'desk' }).set('reader', { scope: 'READER', name: 'reader' })
    const all = [open('desk', []), open('reader', [])]
    await Promise.all(all.map(caughtUp))
    expect(server.feed.standings()).toEqual({ groups: 2, live: 2, behind: [] })
    Object.assign(viewers.get('desk') as object, { scope: 'READER' })
    await news.agreed('swap')
    for (const items of all) expect(await next(items)).toEqual({ ref: 'swap' })
    await expect.poll(() => server.feed.standings()).toEqual({ groups: 1, live: 2, behind: [] })
    for (const items of all) await items.return?.()
  })

  it('lets nobody in whom it does not know', async () => {
    const closes: number[] = []
    await expect(
      open('nobody', closes)
        .next()
        .then(({ value }) => Promise.reject(value)),
    ).rejects.toBeDefined()
    if (name === 'WebSocket') expect(closes).toEqual([4403])
    expect(server.feed.followers).toBe(0)
  })
})

it('lets nobody ask by HTTP whom it does not know', async () => {
  viewers.set('reader', { scope: 'READER', name: 'reader' })
  const ask = (authorization: string) =>
    fetch(`${server.url}?query={__typename}`, { headers: { authorization, accept: 'application/json' } })
  expect(await (await ask('reader')).json()).toMatchObject({ data: { __typename: 'Query' } })
  const refused = await ask('nobody')
  expect(refused.status).toBe(401)
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
})
