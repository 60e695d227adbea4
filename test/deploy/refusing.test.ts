import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, haproxy, openProxy, type RunningProxy } from '../support/proxy.ts'
import { openUpstream, type Upstream } from '../support/upstream.ts'
import { openWire } from '../support/wire.ts'

let upstreams: Upstream[]
let proxy: RunningProxy
/** What becomes of a request that reaches a server. */
let isCut = false

async function open(): Promise<void> {
  const ports = [await freePort(), await freePort()] as const
  upstreams = await Promise.all(
    ports.map((port) =>
      openUpstream(port, (_request, response) => {
        if (!isCut) response.end('answered')
        else {
          isCut = false
          response.destroy()
        }
      }),
    ),
  )
  proxy = await openProxy(ports)
}

async function close(): Promise<void> {
  await proxy?.[Symbol.asyncDispose]()
  for (const upstream of upstreams) await upstream[Symbol.asyncDispose]()
}

/** How many requests servers were sent so far. */
const sent = () => upstreams.reduce((sum, { requests }) => sum + requests.length, 0)
const post = (body: string) => fetch(proxy.address, { method: 'POST', body })

describe.skipIf(!haproxy)(`the proxy ${haproxy ?? '(skipped: there is no HAProxy here)'}`, () => {
  beforeAll(open)
  afterAll(close)

  test('says itself who asks, and passes nothing on that a client says of it', async () => {
    const headers = {
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-proto': 'https',
      'x-real-ip': '192.0.2.1',
      forwarded: 'for=192.0.2.1',
    }
    const before = upstreams.map(({ requests }) => requests.length)
    expect(await (await fetch(proxy.address, { headers })).text()).toBe('answered')
    const [request] = upstreams.flatMap(({ requests }, i) => requests.slice(before[i]))
    const own = `127.0.0.1:${proxy.port}`
    expect(request?.headers).toMatchObject({
      host: own,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': own,
      'x-forwarded-proto': 'http',
    })
    expect(Object.keys(request?.headers ?? {})).not.toEqual(expect.arrayContaining(['x-real-ip']))
    expect(Object.keys(request?.headers ?? {})).not.toEqual(expect.arrayContaining(['forwarded']))
  })

  test('asks the other server again what changes nothing, when the first one goes away before it has answered', async () => {
    const before = sent()
    isCut = true
    expect(await (await fetch(proxy.address)).text()).toBe('answered')
    expect(sent()).toBe(before + 2)
  })

  test('sends a POST once only, and says so in a way that clients of GraphQL read', async () => {
    const before = sent()
    isCut = true
    // On a connection of its own: one that has carried answers before is closed, as clients expect of those.
    const wire = await openWire(proxy.port)
    wire.send('POST /graphql HTTP/1.1\r\nhost: parley\r\ncontent-length: 2\r\n\r\n{}')
    await wire.until('HTTP/1.1 502 ')
    await wire.until('application/json')
    await wire.until('{"errors":[{"message":"The server went away')
    wire.cut()
    expect(sent()).toBe(before + 1)
  })

  test('refuses a body that no server would take, before it is sent', async () => {
    const before = sent()
    const wire = await openWire(proxy.port)
    wire.send('POST /graphql HTTP/1.1\r\nhost: parley\r\ncontent-length: 1048577\r\n\r\n{')
    await wire.until('HTTP/1.1 413 ')
    await wire.until('BODY_TOO_LARGE')
    wire.cut()
    expect(sent()).toBe(before)
    expect((await post('x'.repeat(1_048_576))).status).toBe(200)
  })

  test.each([1, 4])('sends to each of the servers that it is told of: %i', async (count) => {
    const ports: number[] = []
    while (ports.length < count) ports.push(await freePort())
    const each = await Promise.all(ports.map((port) => openUpstream(port, (_, response) => response.end('answered'))))
    const before = await openProxy(ports)
    try {
      for (let i = 0; i < count; i++) expect(await (await fetch(before.address)).text()).toBe('answered')
      expect(each.map(({ requests }) => requests.length)).toEqual(ports.map(() => 1))
    } finally {
      await before[Symbol.asyncDispose]()
      for (const upstream of each) await upstream[Symbol.asyncDispose]()
    }
  })

  test('without a server that is ready says when to try again, and lets an EventSource come back', async () => {
    const down = [proxy.hears(1, 'DOWN'), proxy.hears(2, 'DOWN')]
    for (const upstream of upstreams) await upstream[Symbol.asyncDispose]()
    await Promise.all(down)
    const response = await post('{}')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
    expect((await fetch(`http://127.0.0.1:${proxy.port}/livez`)).status).toBe(503)
    // Any other status or type would end it for good. What is in it is no event.
    const events = await fetch(`http://127.0.0.1:${proxy.port}/feed?last=1`)
    expect([events.status, events.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    expect(await events.text()).not.toMatch(/^(data|event|id|retry)\b/m)
  })
})
