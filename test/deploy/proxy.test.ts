import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask } from '../support/ask.ts'
import { openEvents } from '../support/eventSource.ts'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { transports } from '../support/follower.ts'
import { makeKey } from '../support/keyed.ts'
import { freePort, haproxy, openProxy, type RunningProxy } from '../support/proxy.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { openReader } from '../support/reader.ts'
import { openRecord, type Record } from '../support/record.ts'
import { refsOf, swaps } from '../support/recorded.ts'
import { submit } from '../support/submit.ts'

const HEARTBEAT_MS = 500

let record: Record
let fleet: Fleet
let proxy: RunningProxy
/** What it takes to write through a proxy. */
let ingest: { readonly authorization: string }

async function open(): Promise<void> {
  record = await openRecord()
  ingest = { authorization: `Bearer ${await makeKey(record, 'INGEST')}` }
  fleet = openFleet(record.url)
  const ports = [await freePort(), await freePort()] as const
  const env = { PARLEY_HEARTBEAT_MS: `${HEARTBEAT_MS}`, PARLEY_TRUSTED_PROXIES: 'loopback' }
  await Promise.all(ports.map((port) => fleet.start({ ...env, PORT: `${port}` })))
  proxy = await openProxy(ports)
}

async function close(): Promise<void> {
  await proxy?.[Symbol.asyncDispose]()
  await fleet?.[Symbol.asyncDispose]()
  await record?.[Symbol.asyncDispose]()
}

const at = (path: string) => `http://127.0.0.1:${proxy.port}${path}`

describe.skipIf(!haproxy)(`two servers behind ${haproxy ?? 'the proxy (skipped: there is no HAProxy here)'}`, () => {
  beforeAll(open, 150_000)
  afterAll(close)

  test('answer queries, by POST and by GET, the page of GraphiQL, and one write that both servers know', async () => {
    expect(await submit(proxy.address, swaps('written'), ingest)).toEqual({ how: 'accepted' })
    const query = '{ feedHead { position } }'
    const head = { data: { feedHead: { position: 2 } } }
    // Each server is asked: it is not told which one answers.
    for (let i = 0; i < 4; i++) await expect.poll(() => ask(proxy.address, query)).toMatchObject(head)
    const byGet = await fetch(`${proxy.address}?query=${encodeURIComponent(query)}`)
    expect(await byGet.json()).toMatchObject(head)
    const page = await fetch(proxy.address, { headers: { accept: 'text/html' } })
    expect(await page.text()).toContain('<title>')
  })

  test('export the whole of what was asked for, compressed as well', async () => {
    const text = await (await fetch(at('/export'))).text()
    expect(text).toContain('written-2')
    expect(text.trimEnd().split('\n').at(-1)).toContain('"complete":true')
    const compressed = await fetch(at('/export'), { headers: { 'accept-encoding': 'gzip' } })
    expect(compressed.headers.get('content-encoding')).toBe('gzip')
    expect(await compressed.text()).toBe(text)
  })

  test.each(transports)(
    'are followed over $name: what happens comes at once, and heartbeats do',
    async ({ name, follow }) => {
      const follower = follow(proxy.port)
      await follower.state('CAUGHT_UP')
      const dispatch = swaps(`over-${name.toLowerCase()}`, 1)
      expect(await submit(proxy.address, dispatch, ingest)).toEqual({ how: 'accepted' })
      expect((await follower.change()).ref).toBe(refsOf(dispatch)[0])
      // Held back, neither would be there while the stream goes on.
      await follower.state('HEARTBEAT')
      await follower.state('HEARTBEAT')
      follower.stop()
    },
  )

  test('are followed as a plain event stream and with our own client', async () => {
    const events = await openEvents(at('/feed'))
    await events.until(({ data }) => data.state === 'CAUGHT_UP')
    await using reader = openReader(proxy.port)
    await reader.state('live')
    await submit(proxy.address, swaps('plainly', 1), ingest)
    const [change] = (await events.until(({ type }) => type === 'message')).slice(-1)
    expect(change?.data.ref).toBe('plainly-1')
    await reader.until(() => reader.items.at(-1)?.ref === 'plainly-1')
    await events.until(({ data }) => data.state === 'HEARTBEAT')
    events.stop()
  })

  test('know a page of their own by the address that it has there, and turn another one away', async () => {
    const own = await openRawSocket(proxy.port, { origin: `http://127.0.0.1:${proxy.port}` })
    own.send({ type: 'connection_init' })
    expect(await own.next()).toMatchObject({ type: 'connection_ack' })
    own.close()
    await expect(openRawSocket(proxy.port, { origin: 'http://elsewhere.example' })).rejects.toThrow('403')
  })

  test('keep to themselves what they tell of themselves; the proxy says whether any is ready', async () => {
    for (const path of ['/readyz', '/metrics', '/metrics?all']) expect((await fetch(at(path))).status).toBe(404)
    expect((await fetch(at('/livez'))).status).toBe(200)
  })
})
