import { createClient } from 'graphql-ws'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { WebSocket } from 'ws'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { write } from '../../src/store/pen.ts'
import { ask } from '../support/ask.ts'
import { tester } from '../support/author.ts'
import { type News, newsOf, report } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { day, exchange, processDocument } from '../support/sample.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { withoutNotices } from '../support/silence.ts'
import { recordStatements } from '../support/statements.ts'

const LIST = '{ developments(first: 100) { totalCount nodes { ref headline participants { actor { name } } } } }'
const now = new Date('2024-01-01T00:00:00Z')

let record: Record
let server: TestServer
let news: News
const states: string[] = []
let wake = () => {}
beforeEach(async () => {
  states.length = 0
  record = await openRecord()
  news = newsOf(record.write)
  await news.agreed('swap')
  server = await openServer(record, {
    onConnection(state) {
      states.push(state)
      wake()
    },
  })
  await known()
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

/** Until the tail knows where the record stands. */
async function known(): Promise<void> {
  const head = await record.head()
  await expect.poll(() => server.feed.known()?.position, { interval: 5 }).toBe(head)
}

interface List {
  readonly developments: { readonly totalCount: number; readonly nodes: readonly { readonly ref: string }[] }
}
const list = async () => (await ask<List>(server.url, LIST)).data.developments
const refs = async () => (await list()).nodes.map(({ ref }) => ref).sort()

const get = (query: string, headers: { [name: string]: string } = {}) =>
  fetch(`${server.url}?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json', ...headers } })

describe('an answer that was given before', () => {
  it('is given again without a statement, to whoever asks the same, whatever else it asked before', async () => {
    const first = await list()
    const statements = recordStatements()
    expect(await list()).toEqual(first)
    expect(statements).toEqual([])
    // Written otherwise and by another door it is the same question.
    expect(await (await get(LIST.replaceAll(' ', '\n'))).json()).toMatchObject({ data: { developments: first } })
    const client = createClient({ url: server.url.replace('http', 'ws'), webSocketImpl: WebSocket })
    const { value } = await client.iterate({ query: LIST }).next()
    expect(value.data.developments).toEqual(first)
    await client.dispose()
    expect(statements).toEqual([])
    expect((await ask<List>(server.url, LIST.replace('100', '99'))).data.developments).toEqual(first)
    expect(statements.length).toBeGreaterThan(1)
  })

  it('looks as it did the first time, by every method and for every `accept`', async () => {
    const post = (accept: string) =>
      fetch(server.url, {
        ...{ method: 'POST', body: JSON.stringify({ query: LIST }) },
        headers: { accept, 'content-type': 'application/json' },
      })
    const seen = async (response: Response) => {
      // What names the request is its own.
      const { date: _, 'x-request-id': __, ...headers } = Object.fromEntries(response.headers)
      return { status: response.status, headers, body: await response.text() }
    }
    const accepts = [
      'text/event-stream',
      'multipart/mixed',
      '*/*',
      'application/json',
      'application/graphql-response+json',
      'text/plain',
      'text/plain, */*',
    ]
    for (const accept of accepts) {
      for (const send of [() => post(accept), () => get(LIST, { accept })]) {
        const cold = await seen(await send())
        expect(await seen(await send())).toEqual(cold)
        if (!/^(text\/plain|multipart\/mixed)$/.test(accept))
          expect(cold).toMatchObject({ status: 200, body: expect.stringContaining('swap') })
      }
    }
  })

  it('makes no way round the rules: methods, content types and larger bodies are taken or not as before', async () => {
    const mutation = 'mutation { retract(input: { ref: "swap", reason: "x" }) { __typename } }'
    for (let i = 0; i < 2; i++) expect((await get(mutation)).status).toBe(405)
    const body = JSON.stringify({ query: LIST })
    const send = (type: string) =>
      fetch(server.url, { method: 'POST', body, headers: { 'content-type': type } }).then(({ status }) => status)
    expect([await send('application/json'), await send('text/plain'), await send('application/json')]).toEqual([
      200, 415, 200,
    ])
    const variables = { refs: Array.from({ length: 8000 }, (_, i) => `swap-${i}`) }
    const many = 'query ($refs: [String!]) { statements(about: $refs) { totalCount } }'
    for (let i = 0; i < 2; i++)
      expect((await ask(server.url, many, variables)).data).toEqual({ statements: { totalCount: 0 } })
  })

  it('is computed once for all who ask at the same time', async () => {
    const statements = recordStatements()
    // Where the feed ends is asked for each.
    const taken = () => statements.splice(0).filter((text) => !text.includes('from "Head"'))
    // What is asked first also reads actors and reports, which are at hand then.
    await ask(server.url, LIST)
    taken()
    await ask(server.url, LIST.replace('100', '99'))
    const alone = taken()
    await Promise.all(Array.from({ length: 20 }, () => ask(server.url, LIST.replace('100', '98'))))
    expect(taken()).toHaveLength(alone.length)
    expect(alone.length).toBeGreaterThan(1)
  })
})

describe('what comes in', () => {
  const mutation = `mutation ($dispatch: DispatchInput!) {
    ingest(dispatch: $dispatch) { __typename ... on Accepted { created } }
  }`
  const dispatch = (ref: string) => ({
    process: 'north-south',
    report: { id: `report-of-${ref}`, outlet: 'wire', published: day('2023-12-07') },
    developments: [{ talk: { ref, headline: 'A talk', extent: 'MEETING', citations: [{ locator: 'lead' }] } }],
  })

  it('through this server is there for the next read, as soon as it is answered', async () => {
    const expected = ['swap']
    for (let i = 0; i < 10; i++) {
      await known()
      expect(await refs()).toEqual(expected)
      const { data } = await ask<{ ingest: object }>(server.url, mutation, { dispatch: dispatch(`own-${i}`) })
      expect(data.ingest).toEqual({ __typename: 'Accepted', created: [`own-${i}`] })
      expected.unshift(`own-${i}`)
      expect(await refs()).toEqual(expected.sort())
    }
  })

  it('through this server is there for it also if the notice of it is lost', async () => {
    await server.close()
    server = await openServer(record, { isSilent: true })
    await known()
    expect(await refs()).toEqual(['swap'])
    await ask(server.url, mutation, { dispatch: dispatch('own') })
    expect(await refs()).toEqual(['own', 'swap'])
  })

  it('through another process is there as soon as the tail has heard of it', async () => {
    for (let i = 0; i < 5; i++) {
      await refs()
      await news.met(`other-${i}`)
      await known()
      expect(await refs()).toContain(`other-${i}`)
    }
  })

  it('without a notice is never gone again once it was seen, and there after a poll', async () => {
    const silent = newsOf((work) => write(withoutNotices(record.database), { now, author: tester }, work))
    expect(await refs()).toEqual(['swap'])
    await silent.met('unheard')
    // Another question is computed, and so sees it; from then on what was kept before it is not given.
    expect((await ask<List>(server.url, LIST.replace('100', '97'))).data.developments.totalCount).toBe(2)
    expect(await refs()).toEqual(['swap', 'unheard'])
    await server.close()
    server = await openServer(record, { pollMs: 50 })
    await refs()
    await silent.met('silent')
    await expect.poll(refs, { timeout: 10_000 }).toEqual(['silent', 'swap', 'unheard'])
  })

  it('is there if it is a name only: the feed does not move for it', async () => {
    const query = '{ actors { nodes { ref } } }'
    const actors = async () => JSON.stringify((await ask(server.url, query)).data)
    expect(await actors()).not.toContain('newcomer')
    const before = await record.head()
    const actor = { id: 'newcomer', kind: 'STATE', name: 'Newcomer' }
    await record.write((pen) => acceptProcess(pen, readProcess({ ...processDocument, actors: [actor] })))
    expect(await record.head()).toBe(before)
    await expect.poll(() => server.feed.known()?.identities).toBe((await server.feed.latest()).identities)
    expect(await actors()).toContain('newcomer')
  })

  it('is there if it is a report of what is withheld: the feed does not move for that either', async () => {
    await news.retract('swap')
    await known()
    const count = async () =>
      (await ask<{ reports: { totalCount: number } }>(server.url, query)).data.reports.totalCount
    const query = '{ reports { totalCount } }'
    expect(await count()).toBe(1)
    const before = await record.head()
    const accepted = await record.ingest(report('2023-12-09', exchange({ status: 'AGREED', on: '2023-12-09' })))
    expect([accepted.withheld, await record.head()]).toEqual([['swap'], before])
    await expect.poll(count).toBe(2)
  })

  it('changes what was kept of the past, too, where something is withheld since', async () => {
    const { data } = await ask<{ feedHead: { cursor: string } }>(server.url, '{ feedHead { cursor } }')
    const query = `{ developments(at: "${data.feedHead.cursor}") { nodes { ref } } }`
    const past = async () => (await ask<List>(server.url, query)).data.developments.nodes
    expect(await past()).toEqual([{ ref: 'swap' }])
    const statements = recordStatements()
    await past()
    expect(statements).toEqual([])
    await news.retract('swap')
    await known()
    expect(await past()).toEqual([])
  })
})

describe('a client that has an answer of GET', () => {
  it('is told that it has not changed, until it has', async () => {
    const first = await get(LIST)
    const etag = first.headers.get('etag') as string
    expect(etag).toMatch(/^"[\w-]{43}"$/)
    expect([first.headers.get('cache-control'), first.headers.get('vary')]).toEqual([
      'private, no-cache',
      'accept, authorization, origin',
    ])
    for (const have of [etag, `"other", W/${etag}`, '*']) {
      const again = await get(LIST, { 'if-none-match': have })
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
    }
    // Asked with other headers it is not known yet, and is the same.
    expect((await get(LIST, { 'if-none-match': etag, accept: 'application/json, x/y' })).status).toBe(304)
    await news.met('talk')
    await known()
    const changed = await get(LIST, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })
})

describe('what went wrong', () => {
  it('is not kept', async () => {
    const query = '{ developments(filter: { process: ["east-west"] }) { totalCount } }'
    expect((await ask(server.url, query)).errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    const { process } = processDocument
    const opened = { ...processDocument, process: { ...process, id: 'east-west' } }
    await record.write((pen) => acceptProcess(pen, readProcess(opened)))
    expect((await ask(server.url, query)).data).toEqual({ developments: { totalCount: 0 } })
  })

  it('is told while the database is away: nobody can know whether what was kept still holds', async () => {
    const admin = new pg.Client(inject('postgresUrl'))
    await admin.connect()
    const name = new URL(record.url).pathname.slice(1)
    const first = await list()
    expect(await list()).toEqual(first)
    await admin.query(`alter database ${name} allow_connections false`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    while (!states.includes('lost')) await new Promise<void>((resolve) => (wake = resolve))
    const response = await get(LIST)
    expect(response.status).toBeGreaterThanOrEqual(500)
    expect(await response.json()).toEqual({ errors: [expect.anything()] })
    await admin.query(`alter database ${name} allow_connections true`)
    await admin.end()
    await expect.poll(list, { timeout: 10_000 }).toEqual(first)
  })
})
