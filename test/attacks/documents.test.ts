import { expect } from 'vitest'
import { mostOf } from '../../src/schema/documentLimits.ts'
import { attacks, type Cell, expectAnswered, type Sent, send } from '../support/attack.ts'

const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join(' ')
const nested = (open: string, inner: string, close: string, count: number) =>
  open.repeat(count) + inner + close.repeat(count)

const FIXED = 'the document is the server’s own; what is asked for is a filter'
/** What one asks, as a question and as a subscription: the limits are of the document, whatever it asks. */
const both = (selection: string, more = '') => ({
  question: `{ development(ref: "swap") { ${selection} } } ${more}`,
  subscription: `subscription { developments { ... on DevelopmentChange { development { ${selection} } } } } ${more}`,
})

const deep = nested('links { development { ', 'ref', ' } }', 15)
const bombs = times(30, (i) => `fragment F${i} on Development { ref ...F${i + 1} ...F${i + 1} }`)
const bomb = both('...F0', `${bombs} fragment F30 on Development { ref }`)

interface Document {
  readonly what: string
  readonly code: string
  readonly question: string
  readonly subscription: string
  /** A smaller one for an address; undefined: what is too much does not fit into one. */
  readonly inAddress?: string | undefined
}

const documents: readonly Document[] = [
  { what: 'too deep', code: 'TOO_DEEP', ...both(deep) },
  { what: 'too wide', code: 'TOO_WIDE', ...both('ref '.repeat(mostOf.fields + 1)) },
  { what: 'too wide by fragments that double each other', code: 'TOO_WIDE', ...bomb },
  { what: 'too many aliases', code: 'TOO_MANY_ALIASES', ...both(times(mostOf.aliases + 1, (i) => `a${i}: ref`)) },
  {
    what: 'too many directives',
    code: 'TOO_MANY_DIRECTIVES',
    ...both(`ref ${'@include(if: true) '.repeat(mostOf.directives + 1)}`),
  },
  {
    what: 'too many tokens',
    code: 'TOO_MANY_TOKENS',
    ...both('a '.repeat(mostOf.tokens)),
    // The head of a request holds fewer.
    inAddress: undefined,
  },
  {
    what: 'brackets within brackets',
    code: 'TOO_DEEP',
    ...both(nested('a {', 'a', '}', 2500)),
    inAddress: `{ ${nested('a {', 'a', '}', 200)} }`,
  },
  {
    what: 'values within values',
    code: 'TOO_DEEP',
    question: `{ developments(filter: ${nested('{ not: ', '{ ref: "x" }', '}', 1500)}) { totalCount } }`,
    inAddress: `{ developments(filter: ${nested('{ not: ', '{}', '}', 200)}) { totalCount } }`,
    subscription: `subscription { developments(filter: ${nested('{ not: ', '{ ref: "x" }', '}', 1500)}) { position } }`,
  },
]

const NOT = '{"not":'
const filterOf = (deep: number) => `${NOT.repeat(deep)}{}${'}'.repeat(deep)}`
const QUESTION = 'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount } }'
const SUBSCRIPTION = 'subscription ($filter: DevelopmentFilter) { developments(filter: $filter) { position } }'
/** As JSON by hand: `JSON.stringify` itself gives up at some thousands. */
const nestedFilter = (query: string): Sent => ({
  query,
  json: `{"query":${JSON.stringify(query)},"variables":{"filter":${filterOf(20_000)}}}`,
})
/** An address holds less than a body. */
const inAddress: Sent = { query: QUESTION, variables: JSON.parse(`{"filter":${filterOf(500)}}`) }
const asParameter: Sent = { parameters: { filter: filterOf(500) } }

attacks('What is too much for one document', {}, (row) => {
  for (const { what, code, question, subscription, ...rest } of documents) {
    row(`a document that is ${what}`, {
      POST: refused({ query: question }, code),
      GET:
        'inAddress' in rest && rest.inAddress === undefined
          ? async ({ server }) => expect((await send(server, 'GET', { query: question })).status).toBe(431)
          : refused({ query: rest.inAddress ?? question }, code),
      SSE: refused({ query: subscription }, code),
      WebSocket: refused({ query: question }, code),
      '/feed': FIXED,
      '/export': FIXED,
    })
  }
  const roots = { query: `{ ${'__typename '.repeat(mostOf.rootFields + 1)} }` }
  row('a document of too many root fields', {
    POST: refused(roots, 'TOO_MANY_ROOT_FIELDS'),
    GET: refused(roots, 'TOO_MANY_ROOT_FIELDS'),
    SSE: refused(
      { query: `subscription { ${'developments { position } '.repeat(mostOf.rootFields + 1)} }` },
      'TOO_MANY_ROOT_FIELDS',
    ),
    WebSocket: refused(roots, 'TOO_MANY_ROOT_FIELDS'),
    '/feed': FIXED,
    '/export': FIXED,
  })
  row('a filter in a filter in a filter …', {
    POST: refused(nestedFilter(QUESTION), 'TOO_DEEP'),
    GET: refused(inAddress, 'TOO_DEEP'),
    SSE: refused(nestedFilter(SUBSCRIPTION), 'TOO_DEEP'),
    WebSocket: refused(nestedFilter(QUESTION), 'TOO_DEEP'),
    '/feed': refused(asParameter, 'TOO_DEEP'),
    '/export': refused(asParameter, 'BAD_USER_INPUT'),
  })
})

function refused(sent: Sent, code: string): Exclude<Cell, string> {
  return async ({ server }, transport) => expectAnswered(await send(server, transport, sent), transport, code)
}
