import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openRawSocket } from '../support/rawSocket.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

// Each was found by `npm run fuzz`.

let record: Record
let server: TestServer
const printed = vi.spyOn(console, 'error')
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record)
})
afterEach(() => {
  expect(server.errors).toEqual([])
  expect(printed).not.toHaveBeenCalled()
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

async function get(path: string, headers: { [name: string]: string } = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = server
    const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
    })
    sent.on('error', reject).end()
  })
}

describe('what a client does wrong is told to the client and to nobody else:', () => {
  it.each(['variables', 'extensions'])('%s in an address that are no JSON', async (name) => {
    const { status, body } = await get(`/graphql?query=%7B__typename%7D&${name}=%7B`)
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
  })

  it.each(['GET / HTTP', '[', 'a b', 'x:99999'])('a host of which no address can be made: %s', async (host) => {
    const { status, body } = await get('/graphql?query=%7B__typename%7D', { host })
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST', path: 'host' } }] })
  })

  it.each(['*', 'http://127.0.0.1/graphql'])(
    'a target that is no path, of a host that is not named: %s',
    async (target) => {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(`PUT ${target} HTTP/1.0\r\n\r\n`)
      const answer = await text(socket)
      expect(answer).toMatch(/^HTTP\/1\.1 400 /)
      expect(answer).toContain('"path":"host"')
    },
  )

  it('a body that is announced behind another request: each answer stands by itself', async () => {
    const ask = (more: string) => `GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\n${more}\r\n`
    const close = 'connection: close\r\n'
    const told = (requests: string) => {
      const socket = connect(server.port, '127.0.0.1')
      socket.write(requests)
      return text(socket)
    }
    // From now on it is answered with bytes that are at hand.
    await told(ask(close))
    const heard = await told(ask('') + ask('expect: 100-continue\r\n') + ask(close))
    const answers = heard.split(/(?=HTTP\/1\.1 )/).filter((answer) => !answer.startsWith('HTTP/1.1 100'))
    // Answered before it was told that its body may come, the second one is the connection's last.
    expect(answers.length).toBeGreaterThanOrEqual(2)
    for (const answer of answers) {
      const [, length] = /^content-length: (\d+)\r$/im.exec(answer) ?? []
      expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toHaveLength(Number(length))
    }
  })

  it.each([
    ['actor(name: "\\u0000") { name }', 'actor'],
    [`node(id: "${Buffer.from('Actor:\0').toString('base64url')}") { id }`, 'node'],
  ])('U+0000, which no text of the record has: %s', async (field, root) => {
    const { status, body } = await get(`/graphql?query=${encodeURIComponent(`{ ${field} }`)}`)
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ errors: [{ path: [root], extensions: { code: 'BAD_USER_INPUT' } }] })
  })

  it('a message of the server', async () => {
    using socket = await openRawSocket(server.port)
    socket.send({ id: '1', type: 'next', payload: {} })
    expect(await socket.closed).toEqual({ code: 4400, reason: 'Invalid message received' })
  })

  it('an id that is used again and longer than a close frame', async () => {
    using socket = await openRawSocket(server.port)
    socket.send({ type: 'connection_init' })
    await socket.next()
    const follow = {
      id: 'é'.repeat(300),
      type: 'subscribe',
      payload: { query: 'subscription { developments { position } }' },
    }
    socket.send(follow)
    socket.send(follow)
    const { code, reason } = await socket.closed
    expect(code).toBe(4409)
    expect(reason).toMatch(/^Subscriber for é+$/)
  })
})
