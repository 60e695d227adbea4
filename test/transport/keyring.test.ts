import { once } from 'node:events'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openEvents } from '../support/eventSource.ts'
import { type Keyed, openKeyed } from '../support/keyed.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'

let record: Record
let keyed: Keyed
let news: News
beforeAll(async () => {
  record = await openRecord()
  keyed = await openKeyed(record)
  news = newsOf(record.write)
})
afterAll(async () => {
  await keyed[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

const at = (path: string) => `http://127.0.0.1:${keyed.server.port}${path}`
const bearer = (key?: string): { [name: string]: string } =>
  key === undefined ? {} : { authorization: `Bearer ${key}` }
const SUBSCRIPTION = 'subscription { developments { position } }'
const encoded = (query: string) => `/graphql?query=${encodeURIComponent(query)}`

/** How each transport answers whoever asks with a key: true, let in; else the status or close code. */
const doors: { name: string; knock: (key?: string) => Promise<true | number> }[] = [
  {
    name: 'POST',
    knock: (key) =>
      status(
        fetch(at('/graphql'), {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...bearer(key) },
          body: '{"query":"{ feedHead { position } }"}',
        }),
      ),
  },
  {
    name: 'GET',
    knock: (key) =>
      status(
        fetch(at(encoded('{ feedHead { position } }')), { headers: { accept: 'application/json', ...bearer(key) } }),
      ),
  },
  {
    name: 'SSE',
    knock: (key) =>
      status(fetch(at(encoded(SUBSCRIPTION)), { headers: { accept: 'text/event-stream', ...bearer(key) } })),
  },
  { name: '/feed', knock: (key) => status(fetch(at('/feed'), { headers: bearer(key) })) },
  { name: '/export', knock: (key) => status(fetch(at('/export'), { headers: bearer(key) })) },
  {
    name: 'WebSocket by connection_init',
    knock: (key) => knockSocket(new WebSocket(at('/graphql'), 'graphql-transport-ws'), bearer(key)),
  },
  {
    name: 'WebSocket by the handshake',
    knock: (key) => knockSocket(new WebSocket(at('/graphql'), 'graphql-transport-ws', { headers: bearer(key) }), {}),
  },
]

async function status(asking: Promise<Response>): Promise<true | number> {
  const response = await asking
  await response.body?.cancel()
  return response.status === 200 ? true : response.status
}

async function knockSocket(socket: WebSocket, payload: object): Promise<true | number> {
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload }))
  const told = await Promise.race([
    once(socket, 'message').then(() => true as const),
    once(socket, 'close').then(([code]) => code as number),
  ])
  socket.terminate()
  return told
}

describe.each(doors)('over $name', ({ name, knock }) => {
  const refused = name.startsWith('WebSocket') ? 4403 : 401

  it('whoever has a key is let in; whoever has none, another one or one that is over, is not', async () => {
    const key = await keyed.make('READER')
    expect(await knock(key)).toBe(true)
    expect(await knock()).toBe(refused)
    expect(await knock(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBe(refused)
    expect(await knock('parley_000000000000_')).toBe(refused)
    expect(await knock(await keyed.make('ADMIN', 'old', -1))).toBe(refused)
    await keyed.revoke(key)
    await expect.poll(() => knock(key)).toBe(refused)
    expect(keyed.server.errors).toEqual([])
  })
})

describe('a key', () => {
  it('that is revoked or expires ends what it opened: a WebSocket with 4403, also one that follows nothing', async () => {
    const [revoked, expiring] = [await keyed.make('READER'), await keyed.make('READER', 'short', 3000)]
    const closes: Promise<unknown[]>[] = []
    for (const key of [revoked, expiring]) {
      const socket = new WebSocket(at('/graphql'), 'graphql-transport-ws')
      await once(socket, 'open')
      socket.send(JSON.stringify({ type: 'connection_init', payload: bearer(key) }))
      await once(socket, 'message')
      closes.push(once(socket, 'close'))
    }
    await keyed.revoke(revoked)
    expect((await Promise.all(closes)).map(([code]) => code)).toEqual([4403, 4403])
  })

  it('that is revoked gives nothing more to who follows with it, over SSE and /feed', async () => {
    const key = await keyed.make('READER')
    const streams = await Promise.all(
      [encoded(SUBSCRIPTION), '/feed'].map((path) =>
        openEvents(at(path), { accept: 'text/event-stream', ...bearer(key) }),
      ),
    )
    for (const stream of streams) await stream.until(({ data }) => JSON.stringify(data).includes('position'))
    await keyed.revoke(key)
    // Servers notice by the clock.
    await expect.poll(() => doors[0]?.knock(key)).toBe(401)
    await news.agreed('unseen')
    for (const stream of streams) {
      const rest: unknown[] = []
      for (let event = await stream.next(); event !== undefined; event = await stream.next()) rest.push(event.data)
      expect(JSON.stringify(rest)).not.toContain('unseen')
    }
  })

  it('is let in anew by the next one: a stock client comes back with it and misses nothing', async () => {
    const keys = [await keyed.make('READER'), await keyed.make('READER')]
    let used = 0
    const client = createClient({
      url: at('/graphql').replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: () => bearer(keys[used++]),
      retryAttempts: 3,
      shouldRetry: () => true,
    })
    const opened: number[] = []
    client.on('connected', () => opened.push(used))
    const items = client.iterate({ query: SUBSCRIPTION })
    await items.next()
    await keyed.revoke(keys[0] as string)
    await expect.poll(() => opened, { timeout: 10_000 }).toEqual([1, 2])
    await items.return?.()
    await client.dispose()
  })

  it('stands nowhere in the database, nor in what the audit trail says of it', async () => {
    const key = await keyed.make('DESK', 'the night desk')
    const secret = key.split('_')[2] as string
    const { rows } = await record.database.pool.query(
      'select (select jsonb_agg(to_jsonb(k)) from "ApiKey" k)::text || (select jsonb_agg(to_jsonb(a)) from "Audit" a)::text as all',
    )
    expect(rows[0].all).toContain('the night desk')
    expect(rows[0].all).not.toContain(secret)
    expect(rows[0].all).not.toContain(Buffer.from(secret).toString('hex'))
  })

  it('that was used says when', async () => {
    const key = await keyed.make('READER', 'watched')
    const used = async () =>
      (await record.database.pool.query(`select "lastUsedAt" from "ApiKey" where label = 'watched'`)).rows[0].lastUsedAt
    expect(await used()).toBeNull()
    await doors[0]?.knock(key)
    await expect.poll(used).toBeInstanceOf(Date)
  })

  it('stays as it was made: nobody raises its role or calls its revocation off', async () => {
    const key = await keyed.make('READER', 'fixed')
    await keyed.revoke(key)
    const change = (what: string) => record.database.pool.query(`update "ApiKey" set ${what} where label = 'fixed'`)
    await expect(change(`role = 'ADMIN'`)).rejects.toThrow(/stays as it was made/)
    await expect(change('"revokedAt" = null')).rejects.toThrow(/stays as it was made/)
    await expect(record.database.pool.query('delete from "ApiKey"')).rejects.toThrow(/append-only/)
  })
})
