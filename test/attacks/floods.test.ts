import { once } from 'node:events'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { readConfig } from '../../src/config.ts'
import { anonymous } from '../../src/feed/viewer.ts'
import type { Identify } from '../../src/transport/identify.ts'
import { attacks, type Cell, everywhere, expectAnswered, expectRefused, FOLLOW, send } from '../support/attack.ts'
import { openEvents } from '../support/eventSource.ts'
import { openRawSocket } from '../support/rawSocket.ts'

const { limits } = readConfig({})
const least = { reads: 1, writes: 1, subscribes: 1 }
const soon = { timeout: 15_000 }
let keys = 0
/** A key that nobody has used yet, so that each attack begins with all that it may do. */
const fresh = () => ({ authorization: `Bearer attacker-${keys++}` })
/** Every text is a key, with a role that may write, but for those that are guessed. */
const identify: Identify = (authorization) => {
  if (authorization === undefined) return anonymous
  return authorization.includes('guess') ? null : { scope: 'DESK', name: authorization }
}

const NO_WRITES = 'it writes nothing'
const WRITE = 'mutation { retract(input: { ref: "nothing", reason: "x" }) { __typename } }'
const isOnce = (retryAfter: unknown) => expect(Number(retryAfter)).toBeGreaterThan(0)

attacks(
  'Asking more often than is allowed',
  { identify, limits: { ...limits, rates: { ...limits.rates, reads: 2 } } },
  (row) => {
    row(
      'questions',
      everywhere(async ({ server }, transport) => {
        const headers = fresh()
        for (let i = 0; i < 2; i++) {
          const { codes } = await send(server, transport, { headers })
          // On a WebSocket its opening is the first one.
          if (transport !== 'WebSocket') expect(codes).toEqual([])
        }
        const answer = await send(server, transport, { headers })
        // A client that is turned away comes back later: 1013 is what stock clients retry.
        if (transport === 'WebSocket') return expect(answer.codes).toEqual(['1013 RATE_LIMITED'])
        expectRefused(answer, transport, 429, 'RATE_LIMITED')
        isOnce(answer.headers['retry-after'])
        isOnce(JSON.parse(answer.text).errors[0].extensions.retryAfter)
      }),
    )
  },
)

attacks(
  'Guessing',
  { identify, trustedProxies: ['loopback'], limits: { ...limits, rates: { ...limits.rates, reads: 2 } } },
  (row) => {
    row(
      'keys, from one address',
      everywhere(async ({ server }, transport) => {
        const at = { 'x-forwarded-for': `192.0.2.${transport.length}` }
        const guess = (i: number) => send(server, transport, { headers: { ...at, authorization: `Bearer guess-${i}` } })
        await guess(1)
        await guess(2)
        expect((await guess(3)).codes).toEqual([transport === 'WebSocket' ? '1013 RATE_LIMITED' : 'RATE_LIMITED'])
        // Who asks there as anybody may is not held to account for it.
        expect((await send(server, transport, { headers: at })).codes).toEqual([])
      }),
    )
  },
)

attacks(
  'Asking more often than is allowed, on one socket',
  { identify, limits: { ...limits, rates: { ...limits.rates, reads: 5 } } },
  (row) => {
    row('a batch of operations at once', {
      ...everywhere(async ({ server }) => {
        const query = { query: '{ __typename }' }
        const answer = await send(server, 'POST', { json: JSON.stringify([query, query]), headers: fresh() })
        expect(answer.status).toBe(400)
        expect(answer.text).not.toContain('__typename')
      }),
      GET: 'an address holds one operation',
      '/feed': 'it takes no operations',
      '/export': 'it takes no operations',
      WebSocket: async ({ server }) => {
        using socket = await openRawSocket(server.port)
        socket.send({ type: 'connection_init', payload: fresh() })
        await socket.next()
        for (let i = 0; i < 50; i++)
          socket.send({ id: `${i}`, type: 'subscribe', payload: { query: '{ __typename }' } })
        const answers: { type: string; payload?: unknown }[] = []
        while (answers.filter(({ type }) => type !== 'complete').length < 50) answers.push(await socket.next())
        const refused = answers.filter(({ type }) => type === 'error')
        expect(refused).toHaveLength(46)
        for (const { payload } of refused) {
          expect(payload).toEqual([
            expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }),
          ])
        }
      },
    })
  },
)

attacks(
  'Writing and following more often than is allowed',
  { identify, limits: { ...limits, rates: { ...least, reads: 1000 } } },
  (row) => {
    const writing: Exclude<Cell, string> = async ({ server }, transport) => {
      const sent = { query: WRITE, headers: fresh() }
      expect((await send(server, transport, sent)).codes).not.toContain('RATE_LIMITED')
      const answer = await send(server, transport, sent)
      expectAnswered(answer, transport, 'RATE_LIMITED', 429)
      if (transport === 'POST') isOnce(answer.headers['retry-after'])
    }
    row('changes', {
      POST: writing,
      WebSocket: writing,
      SSE: writing,
      GET: NO_WRITES,
      '/feed': NO_WRITES,
      '/export': NO_WRITES,
    })
    const following: Exclude<Cell, string> = async ({ server }, transport) => {
      const sent = { query: FOLLOW, headers: fresh() }
      expect((await send(server, transport, sent)).codes).toEqual([])
      const answer = await send(server, transport, sent)
      expect(answer.codes).toEqual(['RATE_LIMITED'])
      if (transport !== 'WebSocket') isOnce(answer.headers['retry-after'])
    }
    const ONE_ANSWER = 'it takes no subscription'
    row('subscriptions', {
      WebSocket: following,
      SSE: following,
      '/feed': following,
      POST: ONE_ANSWER,
      GET: ONE_ANSWER,
      '/export': ONE_ANSWER,
    })
  },
)

attacks(
  'Holding more subscriptions than is allowed',
  { identify, limits: { ...limits, maxSubscriptions: 1 } },
  (row) => {
    const holding: Exclude<Cell, string> = async ({ server }, transport) => {
      const headers = fresh()
      const events = await openEvents(`http://127.0.0.1:${server.port}/feed`, headers)
      await events.next()
      const answer = await send(server, transport, { query: FOLLOW, headers })
      expect(answer.codes).toEqual(['TOO_MANY_SUBSCRIPTIONS'])
      events.stop()
      // When it is gone there is a place again, and only then.
      await expect.poll(async () => (await send(server, transport, { query: FOLLOW, headers })).codes, soon).toEqual([])
    }
    const NONE = 'it holds none'
    row('one key', { WebSocket: holding, SSE: holding, '/feed': holding, POST: NONE, GET: NONE, '/export': NONE })
  },
)

attacks('Carrying more operations on a socket than is allowed', { identify }, (row) => {
  const ONE = 'a request is one operation'
  row('101 at a time', {
    ...{ POST: ONE, GET: ONE, SSE: ONE, '/feed': ONE, '/export': ONE },
    WebSocket: async ({ server }) => {
      using socket = await openRawSocket(server.port)
      socket.send({ type: 'connection_init' })
      await socket.next()
      for (let i = 0; i < 101; i++) socket.send({ id: `${i}`, type: 'subscribe', payload: { query: FOLLOW } })
      let message = await socket.next()
      while (message.type !== 'error') message = await socket.next()
      expect(message).toMatchObject({ id: '100', payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }] })
    },
  })
})

attacks(
  'Opening more connections than is allowed',
  { identify, trustedProxies: ['loopback'], limits: { ...limits, maxConnectionsEach: 2 } },
  (row) => {
    let addresses = 0
    row(
      'one address behind a proxy',
      everywhere(async ({ server }, transport) => {
        const headers = { 'x-forwarded-for': `192.0.2.${addresses++}` }
        const held = [1, 2].map(
          () => new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws', { headers }),
        )
        await Promise.all(held.map((socket) => once(socket, 'open')))
        const answer = await send(server, transport, { headers })
        expect([answer.status, answer.codes]).toEqual([429, ['TOO_MANY_CONNECTIONS']])
        isOnce(answer.headers['retry-after'])
        // Whoever else comes through the proxy is not held to account for it.
        expect((await send(server, transport, { headers: { 'x-forwarded-for': '198.51.100.1' } })).codes).toEqual([])
        for (const socket of held) socket.close()
        await expect.poll(async () => (await send(server, transport, { headers })).codes, soon).toEqual([])
      }),
    )
    row('one key from many addresses', {
      ...{
        POST: 'its questions are counted',
        GET: 'its questions are counted',
        '/export': 'its questions are counted',
      },
      ...{ SSE: 'its subscriptions are counted', '/feed': 'its subscriptions are counted' },
      WebSocket: async ({ server }) => {
        const key = fresh()
        const opened = []
        for (let i = 0; i < 3; i++) {
          const headers = { 'x-forwarded-for': `203.0.113.${i}` }
          const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws', { headers })
          await once(socket, 'open')
          socket.send(JSON.stringify({ type: 'connection_init', payload: key }))
          opened.push({ socket, said: await Promise.race([once(socket, 'message'), once(socket, 'close')]) })
        }
        expect(opened.map(({ said }) => String(said[0]).slice(0, 30))).toEqual([
          '{"type":"connection_ack"}',
          '{"type":"connection_ack"}',
          '1013',
        ])
        for (const { socket } of opened) socket.terminate()
      },
    })
  },
)
