import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anonymous } from '../../src/feed/viewer.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let address: string
beforeAll(async () => {
  record = await openRecord()
  const news = newsOf(record.write)
  await news.agreed('swap-1')
  await news.met('talk-1')
  const identify = (authorization: string | undefined) => (authorization === 'Bearer stranger' ? null : anonymous)
  server = await openServer(record, { identify })
  address = `http://127.0.0.1:${server.port}/export`
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

async function ask(query: string, headers: { [name: string]: string } = {}, method = 'GET'): Promise<IncomingMessage> {
  const asking = request(`${address}?${query}`, { method, headers, agent: false }).end()
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  return response
}

async function refusal(query: string, headers?: { [name: string]: string }, method?: string) {
  const response = await ask(query, headers, method)
  const { errors } = JSON.parse(await text(response))
  return { status: response.statusCode, type: response.headers['content-type'], errors }
}

const filter = (sent: unknown) => `filter=${encodeURIComponent(JSON.stringify(sent))}`

describe('GET /export', () => {
  it('streams documents, and says at which place of the feed: in the head, the first line and the last', async () => {
    const response = await ask('')
    const cursor = response.headers['parley-cursor']
    expect(response.headers).toMatchObject({
      ...{ 'content-type': 'application/x-ndjson; charset=utf-8' },
      'content-disposition': 'attachment; filename="parley-2.ndjson"',
    })
    const lines = (await text(response))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0]).toEqual({ export: { cursor } })
    expect(lines.at(-1)).toEqual({ export: { cursor, complete: true } })
    const { data } = await (await fetch(`${server.url}?query={feedHead{cursor}}`)).json()
    expect(cursor).toBe(data.feedHead.cursor)
  })

  it.each([
    ['', 'text/csv', 'text/csv'],
    ['', 'text/html, text/*;q=0.5', 'text/csv'],
    ['', 'text/csv;q=0.2, application/x-ndjson', 'application/x-ndjson'],
    ['', '*/*', 'application/x-ndjson'],
    ['format=csv', 'application/json', 'text/csv'],
  ])('of %j for whoever accepts %s gives %s', async (query, accept, type) => {
    const response = await ask(query, { accept })
    response.resume()
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, expect.stringContaining(type)])
  })

  it('compresses for whoever takes that, to the same text', async () => {
    const plain = await text(await ask('format=csv', { 'accept-encoding': 'gzip;q=0' }))
    const response = await ask('format=csv', { 'accept-encoding': 'br, gzip' })
    expect(response.headers['content-encoding']).toBe('gzip')
    expect(await text(response.pipe(createGunzip()))).toBe(plain)
  })

  it('begins a table with a byte order mark only for whoever asks for one', async () => {
    const bytes = async (query: string) => Buffer.from(await (await fetch(`${address}?${query}`)).arrayBuffer())
    expect((await bytes('format=csv&bom=yes')).subarray(0, 6).toString('latin1')).toBe('\u00EF\u00BB\u00BFref')
    expect((await bytes('format=csv')).subarray(0, 3).toString()).toBe('ref')
  })

  it('tells by HEAD and by etag whether anything is new', async () => {
    const first = await ask('format=csv', {}, 'HEAD')
    expect(await text(first)).toBe('')
    const etag = first.headers.etag as string
    const known = { 'if-none-match': `"other", ${etag}` }
    expect((await ask('format=csv', known)).statusCode).toBe(304)
    expect((await ask('format=ndjson', known)).statusCode).toBe(200)
    expect((await ask(`format=csv&${filter({ kind: ['TALK'] })}`, known)).statusCode).toBe(200)
    await newsOf(record.write).agreed('swap-2')
    expect((await ask('format=csv', known)).statusCode).toBe(200)
  })

  it.each<[string, string, number, string]>([
    [
      'a filter that is no JSON',
      'filter={',
      400,
      'filter: must be a DevelopmentFilter as JSON, like {"kind":["TALK"]}, got "{"',
    ],
    [
      'a filter that the schema does not take',
      filter({ kinds: ['TALK'] }),
      400,
      'filter: Field "kinds" is not defined by type "DevelopmentFilter". Did you mean "kind"',
    ],
    [
      'a value that the schema does not take',
      filter({ kind: ['WAR'] }),
      400,
      'filter.kind[0]: Value "WAR" does not exist in "Kind" enum.',
    ],
    [
      'an actor that nobody knows',
      filter({ actor: [{ actor: 'Atlantis' }] }),
      400,
      'filter.actor: must name an actor that the record knows (see `actors`), got "Atlantis"',
    ],
    [
      'a filter that is too long',
      filter({ outlet: Array(900).fill('gazette') }),
      413,
      'filter: must be at most 8000 letters long, got 9012: ask in several exports',
    ],
    ['a moment that is none', 'asOf=yesterday', 400, 'asOf: '],
    ['a cursor that is none', 'at=here', 400, 'at: '],
    ['a token that is none', 'after=there', 400, 'after: must be a token that an export gave out: '],
    ['another format', 'format=xls', 400, 'format: must be ndjson or csv, got "xls"'],
    [
      'a parameter that there is not',
      'kind=TALK',
      400,
      'kind: must be left out: an export takes format, filter, asOf, at, after, bom',
    ],
    ['a parameter twice', 'format=csv&format=csv', 400, 'format: must be given once'],
  ])('refuses %s, and says what to do', async (_, query, status, message) => {
    const answer = await refusal(query)
    expect(answer).toMatchObject({ status, type: 'application/json' })
    expect(answer.errors[0].message).toContain(message)
    expect(answer.errors[0].extensions).toMatchObject({ path: expect.any(String) })
    expect(answer.errors[0].extensions.http).toBeUndefined()
  })

  it('refuses what it does not offer, whom it does not know, and other methods', async () => {
    expect(await refusal('', { accept: 'application/pdf' })).toMatchObject({
      ...{ status: 406, errors: [{ message: expect.stringContaining('accept: must take application/x-ndjson') }] },
    })
    expect(await refusal('', { authorization: 'Bearer stranger' })).toMatchObject({
      ...{ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    })
    const post = await ask('', {}, 'POST')
    post.resume()
    expect([post.statusCode, post.headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  it('refuses a cursor of another history, and a token of another export', async () => {
    const other = Buffer.from('1.0123456789abcdef').toString('base64url')
    expect(await refusal(`at=${other}`)).toMatchObject({
      ...{ status: 400, errors: [{ extensions: { code: 'CURSOR_FROM_ANOTHER_HISTORY' } }] },
    })
    const table = await text(await ask('format=csv'))
    const token = /([\w-]+)\r\n$/.exec(table)?.[1] as string
    expect((await ask(`format=csv&after=${token}`)).statusCode).toBe(200)
    for (const query of [`format=ndjson&after=${token}`, `format=csv&after=${token}&${filter({ kind: ['TALK'] })}`]) {
      expect(await refusal(query)).toMatchObject({
        ...{
          status: 400,
          errors: [{ message: expect.stringContaining('after: must be of an export of the same format and filter') }],
        },
      })
    }
    expect((await refusal(`format=csv&after=${token}&asOf=2023-12-10T00:00:00Z`)).errors[0].message).toContain(
      'asOf: must be as in',
    )
    const forged = Buffer.from(Buffer.from(token, 'base64url').toString().replace(/\d+$/, 'dispatch:x')).toString(
      'base64url',
    )
    expect((await refusal(`format=csv&after=${forged}`)).errors[0].message).toContain('after: must be a token')
  })
})
