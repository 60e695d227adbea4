import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { follow, type State } from '../../src/client/follow.ts'
import { originOf } from '../support/ask.ts'
import { openBadLine } from '../support/badLine.ts'
import { type News, newsOf } from '../support/news.ts'
import { eager, openReader, upTo } from '../support/reader.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
let url: string
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record, { heartbeatMs: 100 })
  news = newsOf(record.write)
  url = `ws://127.0.0.1:${server.port}/graphql`
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

test('replays, then is live, and is called so only when everything up to the head has been dealt with', async () => {
  await news.many(20, 'old')
  const states: State[] = []
  const dealt: number[] = []
  const dealtAt = new Map<string, number>()
  await using reader = openReader(
    server.port,
    { after: await originOf(server), onState: (state) => states.push(state) },
    ({ position }) => {
      dealt.push(position)
      dealtAt.set(reader.feed.state.is, position)
    },
  )
  await reader.state('live')
  expect(dealt).toEqual(upTo(20))
  expect([...dealtAt]).toEqual([['replaying', 20]])
  await news.agreed('new')
  await reader.until(() => reader.items.length === 21)
  expect(reader.items[20]).toMatchObject({ action: 'CREATED', ref: 'new', position: 21, previousPosition: 20 })
  expect(states.map(({ is }) => is)).toEqual(['connecting', 'replaying', 'live'])
  expect(states).toMatchObject([{ head: null, behind: null }, { head: 20 }, { head: 20, behind: 0, error: null }])
  expect(states.every(({ since }) => since instanceof Date)).toBe(true)
})

test('any selection: of a change, or a whole document with names, variables and fragments of its own', async () => {
  await news.agreed('swap')
  const after = await originOf(server)
  const selected = follow({ url, ...eager, after, selection: 'development { ... on Exchange { legs { key } } }' })
  expect(await selected.next()).toMatchObject({
    value: { position: 1, development: { legs: [{ key: 'from-north' }] } },
  })
  await selected.close()
  const query = `query Other { feedHead { cursor } }`
  expect(() => follow({ url, ...eager, query })).toThrow('a subscription')
  const whole = follow({
    ...{ url, ...eager, after },
    query: `subscription ($filter: DevelopmentFilter, $with: Boolean!) { all: developments(filter: $filter) { ...F } }
      fragment F on DevelopmentChange { what: action development @include(if: $with) { headline } }`,
    variables: { filter: { kind: ['EXCHANGE'] }, with: true },
  })
  const { value } = await whole.next()
  expect(Object.keys(value)).toEqual(['what', 'development', 'cursor', 'position', 'previousPosition'])
  expect(value).toMatchObject({ what: 'CREATED', development: { headline: 'Prisoner exchange agreed' } })
  await whole.close()
})

test('begins with the last matches of a filter, and goes on with the later ones alone', async () => {
  await news.met('first')
  await news.met('second')
  await news.agreed('swap')
  await using line = await openBadLine(server.port)
  await using reader = openReader(line.port, { filter: { kind: ['TALK'] }, last: 1 })
  await reader.state('live')
  line.cut()
  await news.met('third')
  await reader.until(() => reader.items.length === 2)
  expect(reader.items.map(({ ref }) => ref)).toEqual(['second', 'third'])
})

test('the cursor moves when a change has been dealt with, not when it comes; whoever begins there again misses nothing', async () => {
  await news.many(5, 'old')
  const after = await originOf(server)
  const cursors: string[] = []
  const feed = follow({ url, ...eager, after, onCursor: (cursor) => cursors.push(cursor) })
  const first = (await feed.next()).value
  expect(feed.cursor).toBe(after)
  const second = (await feed.next()).value
  expect(feed.cursor).toBe(first.cursor)
  expect(feed.contiguity).toMatchObject({ from: 0, upTo: 1 })
  await feed.return?.()
  expect(cursors).toEqual([after, first.cursor])
  await using again = openReader(server.port, { after: feed.cursor })
  await again.state('live')
  // The one that was in hand comes again: nobody knows whether it had been dealt with.
  expect(again.positions).toEqual([2, 3, 4, 5])
  expect(again.items[0]).toMatchObject({ cursor: second.cursor })
})

test('while nothing matches, heartbeats move the cursor and the proof', async () => {
  await using reader = openReader(server.port, { filter: { kind: ['TALK'] } })
  await reader.state('live')
  await news.many(3, 'exchange')
  await reader.until(() => reader.feed.contiguity.upTo === 3)
  expect(reader.items).toEqual([])
  expect(reader.feed.state).toMatchObject({ is: 'live', behind: 0 })
  expect(reader.cursors.at(-1)).toBe(reader.feed.cursor)
})

test('a change of which something could not be read comes with the errors beside it', async () => {
  const selection = 'ref development { ... on Exchange { legs { key } } } revision { report { ref } }'
  const feed = follow<{ ref: string; development: null }>({ url, ...eager, after: await originOf(server), selection })
  await record.write(async (pen) => {
    await newsOf((task) => task(pen)).agreed('broken')
    await pen.client.query('alter table "Leg" rename to "Gone"')
  })
  const { value } = await feed.next()
  expect(value).toMatchObject({ ref: 'broken', development: null, errors: [{ message: 'Unexpected error.' }] })
  await feed.close()
})

test.each([
  ['leaving the loop', async (feed: ReturnType<typeof follow>) => void (await feed.return?.())],
  ['close()', (feed: ReturnType<typeof follow>) => feed.close()],
  ['the signal', (_: unknown, abort: () => void) => abort()],
])('%s ends it: the iteration is over, and the server has no follower left', async (_, end) => {
  const ending = new AbortController()
  const feed = follow({ url, ...eager, signal: ending.signal })
  const waiting = feed.next()
  await expect.poll(() => feed.state.is, { timeout: 10_000 }).toBe('live')
  expect(server.feed.followers).toBe(1)
  await end(feed, () => ending.abort())
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect(await feed.next()).toEqual({ done: true, value: undefined })
  expect(feed.state.is).toBe('closed')
  await expect.poll(() => server.feed.followers, { timeout: 10_000 }).toBe(0)
})

test('a signal that was aborted before begins nothing', async () => {
  const feed = follow({ url, ...eager, signal: AbortSignal.abort() })
  expect(await feed.next()).toEqual({ done: true, value: undefined })
  expect(feed.state.is).toBe('closed')
})

test('what the consumer’s own callback throws comes out of the loop, and ends it', async () => {
  const onCursor = () => {
    throw new Error('No room left.')
  }
  const feed = follow({ url, ...eager, onCursor })
  await expect(feed.next()).rejects.toThrow('No room left.')
  await expect.poll(() => server.feed.followers, { timeout: 10_000 }).toBe(0)
})

test('says what is missing where there is no WebSocket', () => {
  vi.stubGlobal('WebSocket', undefined)
  expect(() => follow({ url })).toThrow('give one as `webSocketImpl`')
  vi.unstubAllGlobals()
})
