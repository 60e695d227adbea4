import { expect } from 'vitest'
import { anonymous } from '../../src/feed/viewer.ts'
import type { Identify } from '../../src/transport/identify.ts'
import { attacks, type Cell, type Sent, send, type Transport, transports } from '../support/attack.ts'

const KEY = 'parley_secret-that-nobody-may-see'
const identify: Identify = (authorization) =>
  authorization === undefined || authorization.includes('bystander') ? anonymous : null

/** Texts that mean something to what they pass through: SQL, patterns, terminals, logs, spreadsheets. */
const texts = [
  `' or '1'='1`,
  `'; drop table "Revision"; --`,
  `\\'; select pg_sleep(60); --`,
  '%_%',
  '"; \u0000',
  '\u001b[2J\r\n{"level":"error","msg":"forged"}',
  '=cmd|calc!A1',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is sent
  '${process.exit(1)}',
]
const internal = /\bsql\b|syntax error at|relation "|prisma|node_modules|\bat \S+ \(|postgres|stack/i

const filtered = (operation: Transport) =>
  operation === 'SSE' || operation === 'WebSocket'
    ? 'subscription ($f: DevelopmentFilter) { developments(filter: $f) { position } }'
    : 'query ($f: DevelopmentFilter) { developments(filter: $f) { nodes { headline } } }'

/** Sends it everywhere where it has a place. Whatever comes back tells nothing of what is within, and finds nothing. */
function harmless(sent: (transport: Transport, text: string) => Sent): Exclude<Cell, string> {
  return async ({ server }, transport) => {
    for (const text of texts) {
      const answer = await send(server, transport, sent(transport, text))
      expect(answer.text).not.toMatch(internal)
      expect(answer.text).not.toContain('Unexpected error')
      expect(answer.text).not.toContain('Prisoner exchange')
    }
  }
}

const filterOf = (text: string) => ({ actor: [text], ref: [text] })
const NO_LIST = 'it has no lists'
const FIXED = 'it takes no such parameter'

attacks('Injection', { identify }, (row) => {
  const filter = harmless((transport, text) =>
    transport.startsWith('/')
      ? { parameters: { filter: JSON.stringify(filterOf(text)) } }
      : { query: filtered(transport), variables: { f: filterOf(text) } },
  )
  row('by filters', { POST: filter, GET: filter, SSE: filter, WebSocket: filter, '/feed': filter, '/export': filter })
  const search = harmless((_, text) => ({
    query: 'query ($q: String!) { search(query: $q) { edges { node { headline } } } }',
    variables: { q: text },
  }))
  const lists = { SSE: NO_LIST, '/feed': FIXED, '/export': FIXED }
  row('by search', { POST: search, GET: search, WebSocket: search, ...lists })
  const order = harmless((_, text) => ({
    query: 'query ($o: DevelopmentOrder!) { developments(orderBy: $o) { nodes { headline } } }',
    variables: { o: text },
  }))
  row('by order', { POST: order, GET: order, WebSocket: order, ...lists })
  const place = harmless((transport, text) =>
    transport.startsWith('/')
      ? { parameters: { after: text } }
      : {
          query:
            transport === 'SSE' || transport === 'WebSocket'
              ? 'subscription ($a: FeedCursor) { developments(after: $a) { position } }'
              : 'query ($a: String) { developments(after: $a) { nodes { headline } } }',
          variables: { a: text },
        },
  )
  row('by cursors', { POST: place, GET: place, SSE: place, WebSocket: place, '/feed': place, '/export': place })
  const CELLS = 'it writes no cells'
  row('by the cells of an export', {
    ...{ POST: CELLS, GET: CELLS, SSE: CELLS, WebSocket: CELLS, '/feed': CELLS },
    // Cells that begin as formulas: test/schema/exportTable.test.ts, “gives spreadsheets nothing to run”.
    '/export': async ({ server }) => {
      const { text, headers } = await send(server, '/export', { parameters: { format: 'csv' } })
      expect(headers['content-disposition']).toBe('attachment; filename="parley-1.csv"')
      expect(text.split('\r\n').slice(1).join('\n')).not.toMatch(/(^|,)"?[=+@]/m)
    },
  })

  const guess = (id: string) => Buffer.from(id).toString('base64')
  const node = harmless((_, text) => ({
    query: 'query ($id: ID!) { node(id: $id) { id ... on Development { headline } } }',
    variables: { id: guess(`Development:${text}`) },
  }))
  row('by global ids', { POST: node, GET: node, WebSocket: node, ...lists })
  const secrets: Exclude<Cell, string> = async ({ server }, transport) => {
    for (const type of [
      'ApiKey',
      'Audit',
      'AuditEntry',
      'DeskAction',
      'Dispatch',
      'Head',
      '__proto__',
      'constructor',
    ]) {
      for (const id of ['1', '*', 'null']) {
        const query = 'query ($id: ID!) { node(id: $id) { __typename id } }'
        const { text } = await send(server, transport, { query, variables: { id: guess(`${type}:${id}`) } })
        expect(text).not.toContain('__typename')
        expect(text).not.toMatch(internal)
      }
    }
    const trail = await send(server, transport, { query: '{ auditTrail { nodes { who } } }' })
    expect(trail.codes).toEqual(['UNAUTHENTICATED'])
  }
  row('guessing the ids of what a reader may not see', { POST: secrets, GET: secrets, WebSocket: secrets, ...lists })

  const pollution = '{"__proto__":{"polluted":true,"scope":"ADMIN"},"constructor":{"prototype":{"polluted":true}}}'
  const polluting: Exclude<Cell, string> = async ({ server }, transport) => {
    const query = filtered(transport)
    const json = `{"query":${JSON.stringify(query)},"variables":{"f":${pollution},"__proto__":{"polluted":true}},"extensions":${pollution}}`
    const variables = JSON.parse(`{"f":${pollution}}`)
    const body = transport === 'GET' ? { variables } : { json }
    await send(server, transport, { query, ...body, parameters: { filter: pollution } })
    expect('polluted' in {}).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
    // Nor is anybody more than before.
    if (transport === 'POST') {
      expect(
        (await send(server, 'POST', { json: `{"query":"{ viewer { role } }","__proto__":{"scope":"ADMIN"}}` })).text,
      ).not.toContain('ADMIN')
    }
  }
  row('of prototypes', {
    POST: polluting,
    GET: polluting,
    SSE: polluting,
    WebSocket: polluting,
    '/feed': polluting,
    '/export': polluting,
  })

  row(
    'of a secret, which is told to nobody',
    Object.fromEntries(
      transports.map((one) => [
        one,
        (async ({ server }, transport) => {
          const answer = await send(server, transport, { headers: { authorization: `Bearer ${KEY}\u0009` } })
          expect(JSON.stringify(answer)).not.toContain(KEY)
          expect(answer.status).toBe(transport === 'WebSocket' ? 101 : 401)
        }) satisfies Cell,
      ]),
    ) as Readonly<Record<Transport, Cell>>,
  )
})
