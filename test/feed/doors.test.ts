import { readFileSync } from 'node:fs'
import { type FieldNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ask, originOf } from '../support/ask.ts'
import { openEvents } from '../support/eventSource.ts'
import { type News, newsOf } from '../support/news.ts'
import { openSeedRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

// What `GET /feed` asks of an item, asked at every door.
const operation = readFileSync(new URL('../../src/transport/feed.graphql', import.meta.url), 'utf8')

interface Item {
  readonly __typename: string
  readonly cursor: string
  readonly position: number
  readonly state?: string
}
type Read = (after: string, filter?: object) => Promise<Item[]>

let record: Record
let server: TestServer
let origin: string
let news: News
beforeAll(async () => {
  record = await openSeedRecord()
  await record.write(async (pen) => {
    await newsOf((work) => work(pen)).retract('treaty')
  })
  server = await openServer(record)
  origin = await originOf(server)
  news = newsOf(record.write)
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

/** Reads items up to where it has caught up. */
async function upToHead(items: AsyncIterable<unknown>): Promise<Item[]> {
  const seen: Item[] = []
  for await (const result of items) {
    const item = (result as { data: { developments: Item } }).data.developments
    seen.push(item)
    if (item.state === 'CAUGHT_UP') break
  }
  return seen
}

const byWebSocket: Read = async (after, filter) => {
  const client = createWsClient({ url: `ws://127.0.0.1:${server.port}/graphql`, webSocketImpl: WebSocket })
  return upToHead(client.iterate({ query: operation, variables: { after, filter } }))
}

const bySse: Read = async (after, filter) => {
  const client = createSseClient({ url: server.url })
  return upToHead(client.iterate({ query: operation, variables: { after, filter } }))
}

const byEventSource: Read = async (after, filter) => {
  const address = new URL(server.url.replace('/graphql', '/feed'))
  address.searchParams.set('after', after)
  if (filter) address.searchParams.set('filter', JSON.stringify(filter))
  const events = await openEvents(address.href)
  const seen = await events.until(({ data }) => data.state === 'CAUGHT_UP')
  events.stop()
  for (const { id, type, data } of seen) {
    expect([id, type]).toEqual([data.cursor, data.__typename === 'FeedStatus' ? 'status' : 'message'])
  }
  return seen.map(({ data }) => data)
}

const byList: Read = async (after, filter) => {
  const [definition] = parse(operation).definitions as [OperationDefinitionNode]
  const { selections } = (definition.selectionSet.selections[0] as FieldNode).selectionSet ?? { selections: [] }
  const ofChanges = selections.filter(
    (node) => node.kind !== Kind.INLINE_FRAGMENT || node.typeCondition?.name.value !== 'FeedStatus',
  )
  const query = `query ($after: String!, $filter: DevelopmentFilter) { feed(first: 7, after: $after, filter: $filter) {
    edges { cursor node { ${ofChanges.map(print).join(' ')} } } pageInfo { hasNextPage endCursor } } }`
  const seen: Item[] = []
  for (let from = after; ; ) {
    const { data } = await ask<{
      feed: { edges: { cursor: string; node: Item }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
    }>(server.url, query, { after: from, filter })
    const { edges, pageInfo } = data.feed
    for (const { cursor, node } of edges) {
      expect(cursor).toBe(node.cursor)
      seen.push(node)
    }
    if (!pageInfo.hasNextPage) return seen
    from = pageInfo.endCursor
  }
}

it.each([{ filter: undefined }, { filter: { kind: ['TALK', 'EXCHANGE'], actor: [{ actor: 'Baku' }] } }])(
  'F2 the same items come through every door for a whole replay, with the filter $filter',
  async ({ filter }) => {
    const items = await byWebSocket(origin, filter)
    expect(items.length).toBeGreaterThan(10)
    expect(items.map(({ state }) => state).filter(Boolean)).toEqual(['OPENED', 'CAUGHT_UP'])
    expect(await bySse(origin, filter)).toEqual(items)
    expect(await byEventSource(origin, filter)).toEqual(items)
    expect(await byList(origin, filter)).toEqual(items.filter(({ state }) => state === undefined))
  },
)

it('F2 the event stream resumes after the last event that its client has heard, whatever its address says', async () => {
  const address = `${server.url.replace('/graphql', '/feed')}?last=3`
  const first = await openEvents(address)
  const [, one] = await first.until(({ type }) => type === 'message')
  first.stop()
  const resumed = await openEvents(address, { 'last-event-id': one?.id ?? '' })
  const events = await resumed.until(({ data }) => data.state === 'CAUGHT_UP')
  const head = await record.head()
  expect(one?.data.position).toBe(head - 2)
  expect(events.map(({ data }) => data.position)).toEqual([head - 2, head - 1, head, head])
  await news.reinstate('treaty')
  const [live] = await resumed.until(({ type }) => type === 'message')
  expect(live?.data).toMatchObject({ position: head + 1, previousPosition: head, action: 'REINSTATED', ref: 'treaty' })
  resumed.stop()
})

it.each([
  { what: 'a cursor that is garbage', query: '?after=garbage!', code: 'CURSOR_MALFORMED' },
  { what: 'a filter that is no JSON', query: '?filter={', code: 'BAD_USER_INPUT' },
  { what: 'a filter of what there is not', query: '?filter={"outlet":["atlantis"]}', code: 'BAD_USER_INPUT' },
  { what: 'too many to begin with', query: '?last=1001', code: 'BAD_USER_INPUT' },
])(
  'refuses $what with its code, and a status after which an EventSource does not come back',
  async ({ query, code }) => {
    const response = await fetch(server.url.replace('/graphql', `/feed${query}`))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] })
  },
)

it('tells an EventSource to come back while the record cannot be read', async () => {
  await record.database.pool.query('alter table "Head" rename to "Gone"')
  await record.database.pool.query('alter table "Revision" rename to "GoneToo"')
  const response = await fetch(server.url.replace('/graphql', `/feed?after=${origin}`))
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  expect(await response.text()).toBe('retry: 1000\n\n')
  await record.database.pool.query('alter table "Gone" rename to "Head"')
  await record.database.pool.query('alter table "GoneToo" rename to "Revision"')
  expect(server.errors).toHaveLength(1)
  expect((await byEventSource(origin)).length).toBeGreaterThan(10)
})
