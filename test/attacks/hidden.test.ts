import { expect } from 'vitest'
import { anonymous } from '../../src/feed/viewer.ts'
import type { Identify } from '../../src/transport/identify.ts'
import { attacks, type Cell, expectAnswered, FOLLOW, type Sent, send } from '../support/attack.ts'

const ADMIN = { authorization: 'Bearer admin' }
const identify: Identify = (authorization) =>
  authorization === ADMIN.authorization ? { scope: 'ADMIN', name: 'admin' } : anonymous

const FIXED = 'its document is the server’s own'
const NO_QUESTION = 'its root fields are those of subscriptions'
const refused = (sent: Sent, code: string, status: number): Exclude<Cell, string> => {
  return async ({ server }, transport) => expectAnswered(await send(server, transport, sent), transport, code, status)
}
const answered = (sent: Sent): Exclude<Cell, string> => {
  return async ({ server }, transport) => {
    const answer = await send(server, transport, sent)
    expect([answer.text, answer.codes]).toEqual([expect.stringContaining('data'), []])
  }
}

attacks('A schema that is not told', { identify, hidesSchema: true }, (row) => {
  for (const query of [
    '{ __schema { types { name } } }',
    '{ ...F } fragment F on Query { ... { t: __type(name: "Talk") { name } } }',
  ]) {
    const cell = refused({ query }, 'INTROSPECTION_OFF', 403)
    row(`asking for it: ${query}`, {
      POST: cell,
      GET: cell,
      WebSocket: cell,
      SSE: NO_QUESTION,
      '/feed': FIXED,
      '/export': FIXED,
    })
    const open = answered({ query, headers: ADMIN })
    row(`asking for it, to administer: ${query}`, {
      POST: open,
      GET: open,
      WebSocket: open,
      SSE: NO_QUESTION,
      '/feed': FIXED,
      '/export': FIXED,
    })
  }
  const unhinted = (sent: Sent): Exclude<Cell, string> => {
    return async ({ server }, transport) => {
      const { text } = await send(server, transport, sent)
      expect(text).toContain('error')
      expect(text).not.toMatch(/Did you mean|headline|TALK\b(?!"\])/)
    }
  }
  const field = unhinted({ query: '{ development(ref: "x") { headlin } }' })
  const subscribed = unhinted({
    query: 'subscription { developments { ... on DevelopmentChange { development { headlin } } } }',
  })
  row('guessing fields', {
    POST: field,
    GET: field,
    WebSocket: field,
    SSE: subscribed,
    '/feed': FIXED,
    '/export': FIXED,
  })
  const asked = 'query ($f: DevelopmentFilter) { developments(filter: $f) { totalCount } }'
  const followed = 'subscription ($f: DevelopmentFilter) { developments(filter: $f) { position } }'
  for (const f of [{ kin: ['x'] }, { kind: ['TALC'] }]) {
    const question = unhinted({ query: asked, variables: { f } })
    const parameter = unhinted({ parameters: { filter: JSON.stringify(f) } })
    row(`guessing in a filter: ${JSON.stringify(f)}`, {
      ...{ POST: question, GET: question, WebSocket: question },
      SSE: unhinted({ query: followed, variables: { f } }),
      ...{ '/feed': parameter, '/export': parameter },
    })
  }
})

const TRUSTED = '{ process(ref: "north-south") { ref } }'
const documents = new Map([
  ['process', TRUSTED],
  ['follow', FOLLOW],
])

attacks('Trusted documents only', { identify, documents }, (row) => {
  const any = refused({ query: '{ feedHead { position } }' }, 'DOCUMENT_NOT_TRUSTED', 403)
  const anySse = refused({ query: 'subscription { developments { cursor } }' }, 'DOCUMENT_NOT_TRUSTED', 403)
  const others = { '/feed': FIXED, '/export': FIXED }
  row('another document', { POST: any, GET: any, SSE: anySse, WebSocket: any, ...others })
  const unknown = refused({ query: TRUSTED, more: { documentId: 'constructor' } }, 'DOCUMENT_NOT_TRUSTED', 403)
  row('an id that is not listed', { POST: unknown, GET: unknown, SSE: unknown, WebSocket: unknown, ...others })
  const hash = (id: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: id } } })
  for (const [how, more] of [
    ['by its id', (id: string) => ({ documentId: id })],
    ['by its hash', hash],
  ] as const) {
    const cell = answered({ query: '', more: more('process') })
    const stream = answered({ query: '', more: more('follow') })
    row(`a listed one ${how}`, { POST: cell, GET: cell, SSE: stream, WebSocket: cell, ...others })
  }
  const literal = answered({ query: TRUSTED })
  row('a listed one to the letter', {
    POST: literal,
    GET: literal,
    SSE: answered({ query: FOLLOW }),
    WebSocket: literal,
    ...others,
  })
  const free = answered({ query: '{ feedHead { position } }', headers: ADMIN })
  row('any, to administer', { POST: free, GET: free, WebSocket: free, SSE: answered({ headers: ADMIN }), ...others })
  // What was answered to one is known by its text: to another it must not be given.
  row('what an administrator has just asked', { POST: any, GET: any, SSE: anySse, WebSocket: any, ...others })
})
