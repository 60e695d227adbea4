import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { newsOf } from '../support/news.ts'
import { openRawSocket, type RawSocket } from '../support/rawSocket.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record)
})
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const init = { type: 'connection_init' }
const subscribe = (id: string, query: string, more: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
})
const follow = 'subscription { developments { position ... on FeedStatus { state } ... on DevelopmentChange { ref } } }'
const status = (id: string, state: string) => ({
  ...{ id, type: 'next' },
  payload: { data: { developments: { position: expect.any(Number), state } } },
})

/** A socket on which the client has introduced itself. */
async function acknowledged(): Promise<RawSocket> {
  const socket = await openRawSocket(server.port)
  socket.send(init)
  expect(await socket.next()).toEqual({ type: 'connection_ack' })
  return socket
}

/** One more operation shows that a socket goes on. */
async function expectAlive(socket: RawSocket): Promise<void> {
  socket.send(subscribe('alive', '{ __typename }'))
  expect(await socket.next()).toEqual({
    id: 'alive',
    type: 'next',
    payload: expect.objectContaining({ data: { __typename: 'Query' } }),
  })
  expect(await socket.next()).toEqual({ id: 'alive', type: 'complete' })
}

// The codes are the protocol's; which of them clients retry is in src/feed/FEED.md.
const closing: { what: string; frames: unknown[]; code: number; protocols?: string[] }[] = [
  { what: 'what is no JSON', frames: ['{'], code: 4400 },
  { what: 'a message of no type', frames: [{}], code: 4400 },
  { what: 'a message of an unknown type', frames: [init, { type: 'start', id: '1' }], code: 4400 },
  { what: 'a message of the server', frames: [init, { type: 'next', id: '1', payload: null }], code: 4400 },
  { what: 'an operation without an id', frames: [init, { type: 'subscribe', payload: { query: follow } }], code: 4400 },
  { what: 'an operation without a query', frames: [init, { type: 'subscribe', id: '1', payload: {} }], code: 4400 },
  { what: 'an operation before its introduction', frames: [subscribe('1', follow)], code: 4401 },
  { what: 'no subprotocol', frames: [], protocols: [], code: 4406 },
  { what: 'an id that is in use', frames: [init, subscribe('1', follow), subscribe('1', follow)], code: 4409 },
  { what: 'a second introduction', frames: [init, init], code: 4429 },
  { what: 'a frame that is too large', frames: [init, 'x'.repeat(1024 * 1024 + 1)], code: 1009 },
]

describe('GraphQL over WebSocket', () => {
  it.each(closing)('closes with $code on $what', async ({ frames, code, protocols }) => {
    // graphql-ws tells of some of these there.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    using socket = await openRawSocket(server.port, { ...(protocols && { protocols }) })
    for (const frame of frames) {
      socket.send(frame)
      if (frame === init && frame !== frames.at(-1)) await socket.next()
    }
    expect((await socket.closed).code).toBe(code)
    await expect.poll(() => server.feed.followers).toBe(0)
  })

  it.concurrent('closes with 4408 who does not introduce itself in time', async () => {
    using socket = await openRawSocket(server.port)
    expect((await socket.closed).code).toBe(4408)
  })

  it('refuses the older subprotocol, whatever the client thinks of that', async () => {
    await expect(openRawSocket(server.port, { protocols: ['graphql-ws'] })).rejects.toThrow('no subprotocol')
  })

  it.each([
    { what: 'a syntax error', query: '{', message: 'Syntax Error' },
    { what: 'a field that does not exist', query: '{ nothing }', message: 'Cannot query field "nothing"' },
    { what: 'no operation', query: 'fragment F on Query { __typename }', message: 'operation' },
    {
      what: 'an operation of an unknown name',
      query: 'query A { __typename }',
      operationName: 'B',
      message: 'operation',
    },
  ])('answers $what with an error, and the socket stays open', async ({ query, message, operationName }) => {
    using socket = await acknowledged()
    socket.send(subscribe('1', query, { operationName }))
    const answer = await socket.next()
    expect(answer).toMatchObject({ id: '1', type: 'error', payload: [{ message: expect.stringContaining(message) }] })
    await expectAlive(socket)
  })

  it('answers variables that do not fit, and the socket stays open', async () => {
    using socket = await acknowledged()
    const query = 'query ($n: Int!) { processes(first: $n) { nodes { ref } } }'
    socket.send(subscribe('1', query, { variables: { n: 'many' } }))
    expect(JSON.stringify(await socket.next())).toContain('Int cannot represent non-integer value')
    expect(await socket.next()).toEqual({ id: '1', type: 'complete' })
    await expectAlive(socket)
  })

  it('answers a ping with a pong of the same payload, before and after the introduction', async () => {
    using socket = await openRawSocket(server.port)
    socket.send({ type: 'ping', payload: { n: 1 } })
    expect(await socket.next()).toEqual({ type: 'pong', payload: { n: 1 } })
    socket.send(init)
    await socket.next()
    socket.send({ type: 'ping' })
    expect(await socket.next()).toEqual({ type: 'pong' })
    socket.send({ type: 'pong' })
    await expectAlive(socket)
  })

  it('answers a query that fails within with an error that tells nothing internal; what else the socket carries goes on', async () => {
    await using broken = await openRecord()
    await using behind = await openServer(broken)
    using socket = await openRawSocket(behind.port)
    socket.send(init)
    await socket.next()
    socket.send(subscribe('live', follow))
    expect([await socket.next(), await socket.next()]).toEqual([status('live', 'OPENED'), status('live', 'CAUGHT_UP')])
    await broken.database.pool.query('alter table "Head" rename to "Gone"')
    socket.send(subscribe('1', '{ developments { totalCount } }'))
    expect(await socket.next()).toMatchObject({
      id: '1',
      type: 'next',
      payload: { errors: [{ message: 'Unexpected error.' }] },
    })
    expect(await socket.next()).toEqual({ id: '1', type: 'complete' })
    await broken.database.pool.query('alter table "Gone" rename to "Head"')
    await newsOf(broken.write).agreed('heard')
    expect(await socket.next()).toMatchObject({ id: 'live', payload: { data: { developments: { ref: 'heard' } } } })
    expect(behind.errors).toHaveLength(1)
  })

  it('carries several subscriptions and queries side by side', async () => {
    using socket = await acknowledged()
    socket.send(subscribe('a', follow))
    socket.send(subscribe('b', follow))
    const messages = [await socket.next(), await socket.next(), await socket.next(), await socket.next()]
    for (const id of ['a', 'b']) {
      expect(messages.filter((m) => m.id === id)).toEqual([status(id, 'OPENED'), status(id, 'CAUGHT_UP')])
    }
    await expectAlive(socket)
  })

  it('stops a stream that the client completes, and its id may be used again', async () => {
    using socket = await acknowledged()
    socket.send(subscribe('1', follow))
    expect([await socket.next(), await socket.next()]).toEqual([status('1', 'OPENED'), status('1', 'CAUGHT_UP')])
    socket.send({ id: '1', type: 'complete' })
    await expect.poll(() => server.feed.followers).toBe(0)
    await newsOf(record.write).agreed('unheard')
    await expect.poll(() => server.feed.head().position).toBe(1)
    socket.send(subscribe('1', follow))
    expect(await socket.next()).toEqual(status('1', 'OPENED'))
    expect(await socket.next()).toEqual(status('1', 'CAUGHT_UP'))
    await expectAlive(socket)
  })

  it('lets a page of its own origin in', async () => {
    using socket = await openRawSocket(server.port, { origin: `http://127.0.0.1:${server.port}` })
    expect(socket.isOpen).toBe(true)
  })

  it.each(['http://evil.example', 'http://127.0.0.1:1', 'null', 'not an address'])(
    'refuses a page of another origin: %s',
    async (origin) => {
      await expect(openRawSocket(server.port, { origin })).rejects.toThrow('403')
    },
  )

  it('refuses a socket at another path', async () => {
    await expect(openRawSocket(server.port, { path: '/elsewhere' })).rejects.toThrow('400')
  })
})
