import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { anonymous } from '../../src/feed/viewer.ts'
import { attacks, type Cell, everywhere, expectUnharmed, send, type Transport } from '../support/attack.ts'
import { newsOf } from '../support/news.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { openRecord } from '../support/record.ts'
import { openServer } from '../support/server.ts'

const patience = { headersMs: 300, requestMs: 600, lookMs: 50, initMs: 300 }
const paths: Readonly<Record<Transport, string>> = {
  ...{ POST: 'POST /graphql', SSE: 'POST /graphql', GET: 'GET /graphql?query={__typename}' },
  ...{ WebSocket: 'GET /graphql', '/feed': 'GET /feed', '/export': 'GET /export' },
}

/** Sends something a letter at a time, until it is cut; gives what it was told. */
async function trickle(port: number, begin: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => {})
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.write(begin)
  const drop = setInterval(() => socket.write('x'), 20)
  await once(socket, 'close')
  clearInterval(drop)
  return text
}

attacks('Slow clients', { patience }, (row) => {
  row(
    'a head that does not end',
    everywhere(async ({ server }, transport) => {
      expect(await trickle(server.port, `${paths[transport]} HTTP/1.1\r\nhost: localhost\r\nx-slow: `)).toMatch(
        /^HTTP\/1\.1 408 /,
      )
    }),
  )
  row(
    'nothing at all',
    everywhere(async ({ server }) => {
      const socket = connect(server.port, '127.0.0.1').resume()
      await once(socket, 'close')
    }),
  )
  const body: Cell = async ({ server }, transport) => {
    const accept = transport === 'SSE' ? 'text/event-stream' : '*/*'
    const head = `${paths[transport]} HTTP/1.1\r\nhost: localhost\r\naccept: ${accept}\r\ncontent-type: application/json\r\n`
    expect(await trickle(server.port, `${head}content-length: 100000\r\n\r\n{"query":"`)).toMatch(/^HTTP\/1\.1 408 /)
  }
  const NONE = 'it has no body'
  row('a body that does not end', { POST: body, SSE: body, GET: NONE, WebSocket: NONE, '/feed': NONE, '/export': NONE })
  const NO_SECOND = 'a request is complete when its head and body are'
  row('a handshake without an introduction', {
    ...{ POST: NO_SECOND, GET: NO_SECOND, SSE: NO_SECOND, '/feed': NO_SECOND, '/export': NO_SECOND },
    async WebSocket({ server }) {
      using socket = await openRawSocket(server.port)
      expect((await socket.closed).code).toBe(4408)
    },
  })
})

const MANY = 10_000

it(`answers everybody else by every transport while ${MANY} sockets are half open, and closes these in time`, {
  timeout: 120_000,
}, async () => {
  await using record = await openRecord()
  await newsOf(record.write).agreed('swap')
  await using server = await openServer(record, { patience: { headersMs: 30_000, requestMs: 30_000, lookMs: 500 } })
  const { rss } = process.memoryUsage()
  // In a process of their own: the limit of open files counts both ends. A few hundred at a time: more than that wait
  // for the system.
  const script = `const { connect } = require('node:net')
    let open = 0, cut = 0
    const one = () => {
      const socket = connect(${server.port}, '127.0.0.1', () => {
        if (open++ % 2) socket.write('GET /graphql HTTP/1.1\\r\\nhost: lo')
        if (open === ${MANY}) console.log('open')
        if (open + 200 <= ${MANY}) one()
      }).resume().on('error', () => {}).on('close', () => { if (++cut === ${MANY}) console.log('cut') })
    }
    for (let i = 0; i < 200; i++) one()`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = createInterface(child.stdout)[Symbol.asyncIterator]()
  onTestFinished(() => {
    child.kill()
  })
  expect((await said.next()).value).toBe('open')
  for (const transport of ['POST', 'GET', 'SSE', 'WebSocket', '/feed', '/export'] as const) {
    expect((await send(server, transport, {})).codes).toEqual([])
  }
  await expectUnharmed({ server, record })
  expect((process.memoryUsage().rss - rss) / 2 ** 20).toBeLessThan(500)
  // Nobody else closes them.
  expect((await said.next()).value).toBe('cut')
})

it('turns away what one address opens beyond its limit, in words, and everybody beyond the limit of all', async () => {
  await using record = await openRecord()
  await newsOf(record.write).agreed('swap')
  const { limits } = readConfig({})
  for (const limit of [{ maxConnectionsEach: 5 }, { maxConnections: 5 }]) {
    await using server = await openServer(record, { identify: () => anonymous, limits: { ...limits, ...limit } })
    const held = Array.from({ length: 5 }, () => connect(server.port, '127.0.0.1'))
    await Promise.all(held.map((socket) => once(socket, 'connect')))
    const one = connect(server.port, '127.0.0.1')
    let text = ''
    one.on('data', (chunk) => {
      text += chunk
    })
    await once(one, 'close')
    expect(text).toMatch(/^HTTP\/1\.1 429 [\s\S]*retry-after: \d+[\s\S]*"TOO_MANY_CONNECTIONS"/)
    for (const socket of held) socket.destroy()
    await expect
      .poll(async () => (await send(server, 'POST', {}).catch(() => ({ status: 0 }))).status, { timeout: 15_000 })
      .toBe(200)
    expect(server.errors).toEqual([])
  }
})
