import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forwardSubscription } from '../../src/client/follow.ts'
import { originOf } from '../support/ask.ts'
import { type BadLine, openBadLine } from '../support/badLine.ts'
import { type News, newsOf } from '../support/news.ts'
import { eager } from '../support/reader.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
let line: BadLine
let client: Client
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record, { heartbeatMs: 100 })
  news = newsOf(record.write)
  line = await openBadLine(server.port)
  const forward = forwardSubscription({ url: `ws://127.0.0.1:${line.port}/graphql`, ...eager })
  const exchanges = [subscriptionExchange({ forwardSubscription: forward }), fetchExchange]
  client = new Client({ url: server.url, exchanges })
})
afterEach(async () => {
  await line[Symbol.asyncDispose]()
  await server.close()
  await record[Symbol.asyncDispose]()
})

const everything = gql`
  subscription ($after: FeedCursor, $filter: DevelopmentFilter) {
    mine: developments(after: $after, filter: $filter) {
      ... on DevelopmentChange { action place: position development { headline } }
    }
  }
`

test('a subscription of urql goes on over breaks, and gets each change once, as it asked for it', async () => {
  await news.many(10, 'old')
  const seen: { place: number }[] = []
  const { unsubscribe } = client
    .subscription(everything, { after: await originOf(server), filter: { kind: ['EXCHANGE'] } })
    .subscribe(({ data }) => seen.push(data?.mine))
  await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(10)
  const breaks = [() => line.cut(), () => line.halfClose('client'), () => line.cut()]
  for (const [i, happens] of breaks.entries()) {
    happens()
    await news.agreed(`new-${i}`)
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBe(11 + i)
  }
  expect(seen.map(({ place }) => place)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1))
  expect(seen[12]).toEqual({ action: 'CREATED', place: 13, development: { headline: 'Prisoner exchange agreed' } })
  expect(line.made).toBeGreaterThan(3)
  unsubscribe()
  await expect.poll(() => server.feed.followers, { timeout: 10_000 }).toBe(0)
})

test('what the server refuses is an error of urql, with where to start again', async () => {
  const other = await openRecord()
  await newsOf(other.write).many(3, 'theirs')
  const elsewhere = await openServer(other)
  const stream = await fetch(elsewhere.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ feedHead { cursor } }' }),
  })
  const after = ((await stream.json()) as { data: { feedHead: { cursor: string } } }).data.feedHead.cursor
  await elsewhere.close()
  await other[Symbol.asyncDispose]()
  const { error } = await new Promise<{ error?: { graphQLErrors: { extensions: object }[] } }>((resolve) => {
    client.subscription(everything, { after }).subscribe(resolve as never)
  })
  expect(error?.graphQLErrors[0]?.extensions).toMatchObject({
    code: 'CURSOR_FROM_THE_FUTURE',
    origin: await originOf(server),
  })
})

test('a document that cannot be followed is an error of urql', async () => {
  const { error } = await new Promise<{ error?: Error }>((resolve) => {
    client
      .subscription(gql`subscription { ...F } fragment F on Subscription { developments { position } }`, {})
      .subscribe(resolve as never)
  })
  expect(error?.message).toContain('must begin with the field developments')
})

test('who unsubscribes at once leaves nothing behind, and queries go their own way', async () => {
  client
    .subscription(everything, {})
    .subscribe(() => {})
    .unsubscribe()
  const { data } = await client.query(gql`{ feedHead { position } }`, {})
  expect(data.feedHead.position).toBe(0)
  expect(server.feed.followers).toBe(0)
})
