import { expect } from 'vitest'
import { attacks, type Cell, everywhere, exchange, expectRefused, send } from '../support/attack.ts'

const LISTED = 'https://news.example'
const WRITE = 'mutation { retract(input: { ref: "swap", reason: "x" }) { __typename } }'

const from = (headers: { [name: string]: string }): Exclude<Cell, string> => {
  return async ({ server }, transport) => {
    const answer = await send(server, transport, { headers })
    expect([answer.status, answer.codes]).toEqual([403, ['ORIGIN_REFUSED']])
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  }
}
const passes = (headers: { [name: string]: string }): Exclude<Cell, string> => {
  return async ({ server }, transport) => {
    const answer = await send(server, transport, { headers })
    expect([answer.status, answer.codes]).toEqual([transport === 'WebSocket' ? 101 : 200, []])
    if (transport === 'WebSocket' || headers.origin === undefined) return
    expect(answer.headers['access-control-allow-origin']).toBe(headers.origin)
    expect(answer.headers.vary).toContain('origin')
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
  }
}
const BY_LINK = 'a link is followed with GET, and answers with no stream'

attacks('Pages of others', { origins: [LISTED] }, (row) => {
  row('a page of a foreign origin', everywhere(from({ origin: 'https://evil.example' })))
  row('a page without an origin: a frame in a sandbox, a file', everywhere(from({ origin: 'null' })))
  row('a page that is nearly listed', everywhere(from({ origin: `${LISTED}.evil.example` })))
  row(
    'a form, an image or a frame of another site',
    everywhere(from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })),
  )
  row(
    'a frame of another site',
    everywhere(from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })),
  )
  row(
    'a page of another port of this machine',
    everywhere(from({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' })),
  )
  row('a listed page may ask, and read the answer', everywhere(passes({ origin: LISTED })))
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  row('a link that somebody follows', {
    GET: passes(link),
    '/export': passes(link),
    POST: from(link),
    SSE: from(link),
    '/feed': passes(link),
    WebSocket: 'a handshake is no link, and browsers say its origin',
  })
  row('a browser’s question whether a page may ask', {
    ...everywhere(async ({ server }, transport) => {
      const path = transport.startsWith('/') ? transport : '/graphql'
      const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
      const may = await exchange(server, { method: 'OPTIONS', path, headers: { ...headers, origin: LISTED } })
      expect(may.status).toBe(204)
      expect(may.headers).toMatchObject({
        'access-control-allow-origin': LISTED,
        'access-control-allow-methods': 'GET, HEAD, POST',
      })
      expect(may.headers['access-control-allow-headers']).toContain('authorization')
      const mayNot = await exchange(server, {
        method: 'OPTIONS',
        path,
        headers: { ...headers, origin: 'http://evil.example' },
      })
      expect([mayNot.status, mayNot.headers['access-control-allow-origin']]).toEqual([403, undefined])
    }),
    WebSocket: 'browsers ask nothing before a handshake',
  })

  const form = (type: string, body: string): Exclude<Cell, string> => {
    return async ({ server }, transport) => {
      const accept = transport === 'SSE' ? 'text/event-stream' : '*/*'
      const headers = { accept, 'content-type': type }
      const answer = await exchange(server, { method: 'POST', path: '/graphql', headers, body })
      expectRefused(answer, transport, 415, 'UNSUPPORTED_MEDIA_TYPE')
    }
  }
  const only = { GET: 'it has no body', WebSocket: 'it has no body', '/feed': 'GET only', '/export': 'GET only' }
  const both = (cell: Cell) => ({ ...only, POST: cell, SSE: cell })
  row('a form as plain text', both(form('text/plain', JSON.stringify({ query: WRITE }))))
  row('a form', both(form('application/x-www-form-urlencoded', `query=${encodeURIComponent(WRITE)}`)))
  row(
    'a form in parts',
    both(
      form(
        'multipart/form-data; boundary=x',
        `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: WRITE })}\r\n--x\r\ncontent-disposition: form-data; name="map"\r\n\r\n{}\r\n--x--\r\n`,
      ),
    ),
  )
  row('a body of no type', both(form('', JSON.stringify({ query: WRITE }))))
  row('a change by a link', {
    GET: async ({ server }) => expect((await send(server, 'GET', { query: WRITE })).status).toBe(405),
    ...{ POST: BY_LINK, SSE: BY_LINK, WebSocket: BY_LINK },
    ...{ '/feed': 'it takes no document', '/export': 'it takes no document' },
  })
})

attacks('Pages of others, where none are listed', {}, (row) => {
  row('a page of a foreign origin', everywhere(from({ origin: LISTED })))
  row(
    'a page of this very server may ask',
    everywhere(async (target, transport) => {
      const answer = await send(target.server, transport, {
        headers: { origin: `http://127.0.0.1:${target.server.port}` },
      })
      expect([answer.status, answer.codes]).toEqual([transport === 'WebSocket' ? 101 : 200, []])
    }),
  )
})
