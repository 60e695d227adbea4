import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { LARGEST_BODY } from '../../src/transport/body.ts'
import { attacks, type Cell, exchange, expectRefused, send } from '../support/attack.ts'
import { openRawSocket } from '../support/rawSocket.ts'

const NO_BODY = 'it has no body: what its address holds is bounded by the head of a request'
const none = { GET: NO_BODY, '/feed': NO_BODY, '/export': NO_BODY }
const headersOf = (transport: string) => ({
  'content-type': 'application/json',
  accept: transport === 'SSE' ? 'text/event-stream' : 'application/json',
})
const bomb = Buffer.from(JSON.stringify({ query: `{ __typename } #${' '.repeat(2 * LARGEST_BODY)}` }))

attacks('What is too large', {}, (row) => {
  const posted: Cell = async ({ server }, transport) => {
    const headers = { ...headersOf(transport), 'content-length': `${bomb.byteLength}` }
    // It is refused for what it says that it is, before any of it has come.
    const asking = request({ host: '127.0.0.1', port: server.port, path: '/graphql', method: 'POST', headers })
    asking.flushHeaders()
    const [response] = await once(asking, 'response')
    expect(response.statusCode).toBe(413)
    asking.destroy()
  }
  row('a body that says so', {
    ...none,
    POST: posted,
    SSE: posted,
    WebSocket: async ({ server }) => {
      using socket = await openRawSocket(server.port)
      socket.send('x'.repeat(LARGEST_BODY + 1))
      expect((await socket.closed).code).toBe(1009)
    },
  })
  const streamed: Cell = async ({ server }, transport) => {
    const headers = headersOf(transport)
    const asking = request({ host: '127.0.0.1', port: server.port, path: '/graphql', method: 'POST', headers })
    asking.on('error', () => {})
    const answered = once(asking, 'response')
    // As long as anybody reads: a body without an end.
    const more = () => !asking.destroyed && asking.write(randomBytes(65_536).toString('latin1'), more)
    more()
    const [response] = await answered
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'close'])
    asking.destroy()
  }
  row('a body that does not', {
    ...none,
    POST: streamed,
    SSE: streamed,
    WebSocket: async ({ server }) => {
      // One message in many frames.
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws')
      await once(socket, 'open')
      socket.on('error', () => {})
      const closed = once(socket, 'close')
      for (let i = 0; i < 20; i++) socket.send('x'.repeat(65_536), { fin: false })
      expect((await closed)[0]).toBe(1009)
    },
  })
  for (const [encoding, pack] of Object.entries({ gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync })) {
    const packed: Cell = async ({ server }, transport) => {
      const headers = { ...headersOf(transport), 'content-encoding': encoding }
      const answer = await exchange(server, { method: 'POST', path: '/graphql', headers, body: pack(bomb) })
      expectRefused(answer, transport, 415, 'UNSUPPORTED_MEDIA_TYPE')
    }
    row(`a body that unpacks to a thousand times as much: ${encoding}`, {
      ...none,
      POST: packed,
      SSE: packed,
      WebSocket: async ({ server }) => {
        const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws', {
          perMessageDeflate: true,
        })
        await once(socket, 'open')
        // It is offered, and not taken: whoever sends compressed frames all the same speaks another protocol.
        expect(socket.extensions).toBe('')
        const closed = once(socket, 'close')
        const carrier = (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket
        carrier.write(Buffer.from([0xc1, 0x80, 0, 0, 0, 0]))
        expect((await closed)[0]).toBe(1002)
      },
    })
  }
  row('answers that nobody reads', {
    ...none,
    POST: 'a request has one answer',
    SSE: 'it waits for who follows: test/feed/stalled.test.ts',
    async WebSocket({ server }) {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, 'graphql-transport-ws')
      await once(socket, 'open')
      socket.send('{"type":"connection_init"}')
      await once(socket, 'message')
      socket.pause()
      const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(10_000) } })
      for (let i = 0; i < 4000; i++) socket.send(ping)
      // It comes to a stop before everything is read, while others are answered as ever.
      let before: number
      do {
        before = socket.bufferedAmount
        for (let i = 0; i < 10; i++) expect((await send(server, 'POST', {})).status).toBe(200)
      } while (socket.bufferedAmount !== before)
      expect(before).toBeGreaterThan(0)
      // Whoever listens again is read again.
      let pongs = 0
      await new Promise((resolve) => {
        socket.on('message', () => {
          if (++pongs === 4000) resolve(undefined)
        })
        socket.resume()
      })
      socket.terminate()
    },
  })
})
