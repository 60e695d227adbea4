import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Viewer } from '../../src/feed/viewer.ts'
import { ask } from '../support/ask.ts'
import { admin } from '../support/author.ts'
import { shutDatabase } from '../support/database.ts'
import { openEvents } from '../support/eventSource.ts'
import { bySse, byWebSocket } from '../support/follower.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf } from '../support/sample.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { submit } from '../support/submit.ts'

const reader: Viewer = { scope: 'READER', name: 'reader' }

let record: Record
let server: TestServer
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record, {
    identify: (authorization) => (authorization === 'nobody' ? null : authorization === 'reader' ? reader : admin),
    trustedProxies: ['loopback'],
    metrics: { host: '127.0.0.1', port: 0 },
    pollMs: 50,
  })
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const at = (path: string) => server.url.replace('/graphql', path)
const get = (path: string, headers: { [name: string]: string } = {}) => fetch(at(path), { headers })
const metrics = async () => (await get('/metrics')).text()
/** The value of one series. */
const seriesOf = (text: string, series: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length),
  )

async function follow(query = 'subscription { developments { position } }') {
  const client = createClient({ url: server.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
  const items = client.iterate({ query })
  await items.next()
  return { items, end: async () => void (await client.dispose()) }
}

describe('a request', () => {
  it('is given a name of its own, or keeps the one that a trusted proxy gave it', async () => {
    const made = [await get('/livez'), await get('/readyz'), await get('/graphql?query={__typename}')].map(
      ({ headers }) => headers.get('x-request-id'),
    )
    expect(new Set(made).size).toBe(3)
    for (const id of made) expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect((await get('/livez', { 'x-request-id': 'edge-1:a/b+c=' })).headers.get('x-request-id')).toBe('edge-1:a/b+c=')
    for (const sent of ['a b', 'a"b', 'x'.repeat(129)])
      expect((await get('/livez', { 'x-request-id': sent })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('that fails within is logged under its name, and answered with it', async () => {
    const { pool } = record.database
    await pool.query('alter table "Outlet" rename to "Elsewhere"')
    const answer = await fetch(server.url, {
      ...{ method: 'POST', body: JSON.stringify({ query: '{ outlets { nodes { name } } }' }) },
      headers: { 'content-type': 'application/json', 'x-request-id': 'quoted' },
    })
    await pool.query('alter table "Elsewhere" rename to "Outlet"')
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] }
    expect(errors).toMatchObject([{ message: 'Unexpected error.', extensions: { requestId: 'quoted' } }])
    expect(server.errors).toHaveLength(1)
    expect(JSON.stringify(errors)).not.toMatch(/Elsewhere|Outlet|prisma/)
  })
})

describe('/readyz', () => {
  const ready = async () => {
    const response = await get('/readyz')
    return [response.status, await response.json()]
  }
  const holding = { database: true, migrations: true, tail: true, staying: true }

  it('says yes while everything holds', async () => {
    expect(await ready()).toEqual([200, { ready: true, ...holding }])
  })

  it('says no when a migration is missing beneath the running server', async () => {
    const { pool } = record.database
    const { rows } = await pool.query('select max(migration_name) as name from _prisma_migrations')
    await pool.query('update _prisma_migrations set rolled_back_at = now() where migration_name = $1', [rows[0].name])
    expect(await ready()).toEqual([503, { ready: false, ...holding, migrations: false }])
    await pool.query('update _prisma_migrations set rolled_back_at = null')
    expect(await ready()).toEqual([200, { ready: true, ...holding }])
  })

  it.each([
    { what: 'the database is away', ended: 'true', lacking: { database: false, migrations: false, tail: false } },
    { what: 'only its tail is cut off', ended: `application_name = 'parley tail'`, lacking: { tail: false } },
  ])('says no while $what, and yes again when that is over', async ({ ended, lacking }) => {
    const patience = { timeout: 15_000 }
    expect((await ready())[0]).toBe(200)
    {
      await using _ = await shutDatabase(record.url, ended)
      await expect.poll(ready, patience).toEqual([503, { ready: false, ...holding, ...lacking }])
      expect(seriesOf(await metrics(), 'parley_tail_connected')).toBe(0)
    }
    await expect.poll(ready, patience).toEqual([200, { ready: true, ...holding }])
    expect(seriesOf(await metrics(), 'parley_tail_connected')).toBe(1)
  })
})

describe('/metrics', () => {
  it('is for operators, and for whoever reaches its own port', async () => {
    expect((await get('/metrics')).status).toBe(200)
    expect((await get('/metrics', { authorization: 'reader' })).status).toBe(403)
    expect((await get('/metrics', { authorization: 'nobody' })).status).toBe(401)
    const apart = await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)
    expect([apart.status, apart.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')])
    expect(await apart.text()).toContain('parley_head_position')
    expect((await fetch(`http://127.0.0.1:${server.metricsPort}/graphql`)).status).toBe(404)
  })

  it('counts what is sent, refused, ingested and answered from memory', async () => {
    const before = await metrics()
    const query = '{ counted: developments { totalCount } }'
    await ask(server.url, query)
    await expect
      .poll(async () => {
        await ask(server.url, query)
        return seriesOf(await metrics(), 'parley_answers_total{kept="hit"}')
      })
      .toBeGreaterThan(0)
    await ask(server.url, '{ noSuchField }')
    expect(await submit(server.url, ofNobody)).toMatchObject({ how: 'refused' })
    const { items, end } = await follow()
    await newsOf(record.write).agreed('counted-swap')
    for (let position = 0; position === 0; )
      position = ((await items.next()).value?.data?.developments?.position ?? 0) as number
    await expect
      .poll(async () => seriesOf(await metrics(), 'parley_deliveries_total{transport="websocket"}'))
      .toBeGreaterThan(0)
    const text = await metrics()
    const grown = (series: string) => seriesOf(text, series) - (seriesOf(before, series) || 0)
    expect(grown('parley_operation_seconds_count{type="query",outcome="ok"}')).toBeGreaterThan(0)
    expect(grown('parley_operation_cost_count{type="query"}')).toBeGreaterThan(0)
    expect(grown('parley_refusals_total{reason="GRAPHQL_VALIDATION_FAILED"}')).toBe(1)
    expect(grown('parley_ingest_total{result="refused"}')).toBe(1)
    expect(seriesOf(text, 'parley_followers{state="live",transport="websocket"}')).toBe(1)
    expect(seriesOf(text, 'parley_head_position')).toBe(await record.head())
    expect(seriesOf(text, 'parley_ring_entries')).toBeGreaterThan(0)
    expect(seriesOf(text, 'parley_tail_delay_seconds')).toBeGreaterThanOrEqual(0)
    expect(text).toContain('process_resident_memory_bytes')
    await end()
  })

  it('counts what is delivered by each transport', async () => {
    const delivered = async () => {
      const text = await metrics()
      return ['websocket', 'sse', 'feed'].map((one) => seriesOf(text, `parley_deliveries_total{transport="${one}"}`))
    }
    const followers = [byWebSocket(server.port), bySse(server.port), bySse(server.port)]
    const events = await openEvents(at('/feed'))
    for (const follower of followers) await follower.state('CAUGHT_UP')
    await events.until(({ data }) => data.state === 'CAUGHT_UP')
    const before = await delivered()
    await newsOf(record.write).agreed('delivered-swap')
    await expect
      .poll(async () => (await delivered()).map((count, i) => count - (before[i] as number)), { timeout: 15_000 })
      .toEqual([1, 2, 1])
    for (const { stop } of [...followers, events]) stop()
  })

  it('makes no series of what people send', async () => {
    const series = (text: string) =>
      new Set(
        text
          .split('\n')
          .filter((line) => line.startsWith('parley_'))
          .map((line) => line.replace(/ \S+$/, '')),
      )
    await ask(server.url, 'query Warm { x }')
    await get('/feed?after=warm')
    const before = series(await metrics())
    for (let i = 0; i < 30; i++) {
      await ask(server.url, `query Sent${i} { sent${i} }`)
      await get(`/feed?after=sent${i}`, { 'x-request-id': `sent${i}`, 'user-agent': `sent${i}` })
      await fetch(at(`/sent${i}`), { method: 'POST' })
    }
    const after = await metrics()
    expect(after).not.toMatch(/sent\d/i)
    expect([...series(after)].filter((name) => !before.has(name))).toEqual([])
  })

  it('is told in docs/observing.md, every one of ours', async () => {
    const named = [...(await metrics()).matchAll(/^# TYPE (parley_\w+) (\w+)$/gm)].map(([, name, type]) => [name, type])
    const text = readFileSync(new URL('../../docs/observing.md', import.meta.url), 'utf8')
    const told = [...text.matchAll(/^\| `(parley_\w+)(?:\{[^`]*\})?` \| (\w+) \|/gm)].map(([, name, type]) => [
      name,
      type,
    ])
    expect(told.sort()).toEqual(named.sort())
  })
})

describe('who lags', () => {
  const followers = `{ followers(first: 2) { totalCount liveCount behindCount fullCount headPosition
    nodes { name transport address state position behindBy since connectedSince } } }`
  type Asked = { followers: { nodes: { state: string; behindBy: number; since: string }[]; [name: string]: unknown } }

  it('is told to operators: those furthest behind first, a bounded page', async () => {
    const ends = [await follow(), await follow(), await follow()]
    const nobody = connect(server.port, '127.0.0.1')
    await expect
      .poll(async () => (await ask<Asked>(server.url, followers)).data.followers)
      .toMatchObject({ totalCount: 3, liveCount: 3, behindCount: 0, headPosition: await record.head() })
    const { data } = await ask<Asked>(server.url, followers)
    expect(data.followers.nodes).toHaveLength(2)
    expect(data.followers.nodes[0]).toMatchObject({
      ...{ name: 'test', transport: 'WEBSOCKET', address: '127.0.0.1', state: 'LIVE', behindBy: 0 },
    })
    expect(Date.parse(data.followers.nodes[0]?.since ?? '')).toBeLessThanOrEqual(Date.now())
    nobody.destroy()
    for (const { end } of ends) await end()
  })

  it('tells who is behind from who is live, and that as a metric, too', async () => {
    await newsOf(record.write).agreed('behind-swap')
    const outlets = await record.database.pool.connect()
    // Whatever becomes of this test, its lock goes.
    onTestFinished(() => outlets.release(true))
    await outlets.query('begin')
    await outlets.query('lock table "Outlet" in access exclusive mode')
    const live = await follow()
    // What it asks for cannot be had.
    const asked = '... on DevelopmentChange { development { citations { report { outlet { name } } } } }'
    const query = `subscription { developments(last: 1) { cursor position previousPosition ${asked} } }`
    const behind = byWebSocket(server.port, { query })
    const standing = async () => (await ask<Asked>(server.url, followers)).data.followers
    await expect.poll(standing, { timeout: 15_000 }).toMatchObject({
      ...{ totalCount: 2, liveCount: 1, behindCount: 1, fullCount: 0 },
      nodes: [
        { state: 'BEHIND', behindBy: 1 },
        { state: 'LIVE', behindBy: 0 },
      ],
    })
    const text = await metrics()
    expect(seriesOf(text, 'parley_followers{state="behind",transport="websocket"}')).toBe(1)
    expect(seriesOf(text, 'parley_follower_lag_positions_sum')).toBe(1)
    await outlets.query('rollback')
    await expect.poll(standing, { timeout: 15_000 }).toMatchObject({ liveCount: 2, behindCount: 0 })
    behind.stop()
    await live.end()
  })

  it('is told to nobody else', async () => {
    const response = await get(`/graphql?query=${encodeURIComponent(followers)}`, { authorization: 'reader' })
    expect([await response.json(), server.errors.slice(1)]).toMatchObject([
      { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
      [],
    ])
  })
})

describe('a server that was told to stop', () => {
  it('says so at /readyz at once, while it still answers everything else', async () => {
    await using leaving = await openServer(record)
    leaving.leave()
    const response = await fetch(leaving.url.replace('/graphql', '/readyz'))
    expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ staying: false })])
    expect((await ask<{ feedHead: object }>(leaving.url, '{ feedHead { position } }')).data.feedHead).toBeDefined()
  })
})

/** Nobody knows who speaks. */
const ofNobody = dispatchOf(
  { id: 'of-nobody', on: '2023-12-20' },
  {
    ...{ ref: 'of-nobody', kind: 'STATEMENT', headline: 'A statement of nobody', act: 'REMARK', issue: 'SINGLE' },
    participants: [{ actor: 'nobody-knows-whom', role: 'SPEAKER' }],
    citations: [{ locator: 'lead' }],
  },
)
