import { readdirSync, readFileSync } from 'node:fs'
import { getIntrospectionQuery, Kind, type OperationDefinitionNode, parse, validate } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { readConfig } from '../../src/config.ts'
import { costOf } from '../../src/schema/cost.ts'
import { schema } from '../../src/schema/schema.ts'
import { type Api, openApi } from '../support/api.ts'
import { ask } from '../support/ask.ts'
import { dispatchOf, exchange } from '../support/sample.ts'
import { openServer, type TestServer } from '../support/server.ts'

const { maxCost } = readConfig({})

function cost(query: string, variables: object = {}, operationName?: string): number {
  const document = parse(query)
  expect(validate(schema, document)).toEqual([])
  return costOf(schema, document, operationName, { ...variables })?.total ?? Number.NaN
}

describe('what an operation costs', () => {
  it.each([
    { what: 'a value costs 1, an object its depth', query: '{ actor(name: "x") { name kind } }', is: 1 + 2 },
    { what: 'depth counts', query: '{ actor(name: "x") { partOf { partOf { name } } } }', is: 1 + 2 + 3 + 1 },
    { what: 'the same under another name costs again', query: '{ actor(name: "x") { a: name b: name } }', is: 1 + 2 },
    { what: 'asked twice under one name it is asked once', query: '{ actor(name: "x") { name name } }', is: 1 + 1 },
    {
      what: 'objects that are asked for twice under one name are one, too',
      query: '{ actor(name: "x") { partOf { name } partOf { kind } } }',
      is: 1 + 2 + 2,
    },
    { what: 'a page has 20 entries unless told', query: '{ actors { nodes { ref } } }', is: 1 + 2 + 20 },
    { what: '`first` says how many', query: '{ actors(first: 7) { nodes { ref } } }', is: 1 + 2 + 7 },
    { what: '`last` says it, too', query: '{ actors(last: 7) { edges { cursor } } }', is: 1 + 2 + 7 },
    { what: 'none costs nothing', query: '{ actors(first: 0) { nodes { ref } } }', is: 1 + 2 },
    {
      what: 'a page’s own fields do not multiply',
      query: '{ actors(first: 50) { pageInfo { hasNextPage } } }',
      is: 1 + 3,
    },
    { what: 'a list is counted through', query: '{ actors(first: 50) { totalCount } }', is: 1 + 20 },
    {
      what: 'lists within lists multiply',
      query: '{ developments(first: 10) { nodes { history(first: 3) { nodes { number } } } } }',
      is: 1 + 2 + 10 * (3 + 4 + 3 * 1),
    },
    {
      what: 'a list without a size is taken for 5, claims for 10',
      query: '{ development(ref: "x") { participants { role } claims { key } } }',
      is: 1 + 2 + 5 + 2 + 10,
    },
    { what: 'ids are counted', query: '{ nodes(ids: ["a", "b", "c"]) { id } }', is: 1 + 3 },
    {
      what: 'ids in a variable are counted',
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: ['a', 'b'] },
      is: 1 + 2,
    },
    {
      what: 'a variable says how many',
      query: 'query ($n: Int) { actors(first: $n) { nodes { ref } } }',
      variables: { n: 9 },
      is: 1 + 2 + 9,
    },
    {
      what: 'a variable that is left out leaves the size of a page',
      query: 'query ($n: Int) { actors(first: $n) { nodes { ref } } }',
      is: 1 + 2 + 20,
    },
    {
      what: 'the default of a variable counts',
      query: 'query ($n: Int = 3) { actors(first: $n) { nodes { ref } } }',
      is: 1 + 2 + 3,
    },
    {
      what: 'what is skipped, or not included, costs nothing',
      query:
        'query ($no: Boolean!) { actors @include(if: $no) { nodes { ref } } actor(name: "x") { name kind @skip(if: true) ... @include(if: $no) { ref } } }',
      variables: { no: false },
      is: 1 + 1,
    },
    {
      what: 'fragments cost what is in them, each where it stands',
      query:
        '{ a: actor(name: "x") { ...F } b: actor(name: "y") { ...F ...F } } fragment F on Actor { name partOf { name } }',
      is: 2 * (1 + 1 + 2 + 1),
    },
    {
      what: 'of several types the dearest counts',
      query: '{ development(ref: "x") { ref ... on Talk { topic } ... on Pledge { terms condition } } }',
      is: 1 + 1 + 2,
    },
    {
      what: 'a fragment on an interface counts for all its types',
      query: '{ node(id: "x") { id ... on Development { ref ... on Talk { topic } } ... on Actor { name } } }',
      is: 1 + 1 + 1 + 1,
    },
    { what: 'questions to the schema have one price', query: getIntrospectionQuery(), is: 50 },
    { what: 'the name of a type is free', query: '{ __typename actor(name: "x") { __typename } }', is: 1 },
    {
      what: 'of several operations the named one counts',
      query: 'query A { actors { nodes { ref } } } query B { actor(name: "x") { name } }',
      name: 'B',
      is: 2,
    },
    {
      what: 'a subscription costs what an item costs',
      query: 'subscription { developments(last: 1000) { position } }',
      is: 2,
    },
    {
      what: 'a mutation costs what its answer costs',
      query: 'mutation { retract(input: { ref: "x", reason: "y" }) { __typename ... on DeskResult { ref } } }',
      is: 2,
    },
  ])('$what', ({ query, variables, name, is }) => {
    expect(cost(query, variables, name)).toBe(is)
  })

  it('is told in no time, also of fragments that double each other and of types that multiply', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on Actor { a: partOf { ...F${i + 1} } b: partOf { ...F${i + 1} } }`,
    )
    const doubled = `{ actor(name: "x") { ...F0 } } ${doubling.join(' ')} fragment F40 on Actor { name }`
    const kinds = ['Talk', 'Exchange', 'Pledge', 'Agreement', 'Incident', 'Statement']
    const branching = Array.from({ length: 15 }, (_, i) => {
      const own = kinds.map((kind) => `... on ${kind} { links { development { ...G${i + 1} } } }`)
      return `fragment G${i} on Development { ref ${own.join(' ')} }`
    })
    const branched = `{ development(ref: "x") { ...G0 } } ${branching.join(' ')} fragment G15 on Development { ref }`
    const begun = performance.now()
    expect(cost(doubled)).toBeGreaterThan(2 ** 40)
    expect(cost(branched)).toBeGreaterThan(5 ** 15)
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it('is far below the limit for all of the tabs’ and the README’s questions', () => {
    const root = new URL('../../', import.meta.url)
    const folder = new URL('src/transport/questions/', root)
    const tabs = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
    const readme = /```graphql\n([\s\S]*?)```/.exec(readFileSync(new URL('README.md', root), 'utf8'))?.[1] as string
    const costs = [...tabs, readme].flatMap((text) =>
      parse(text)
        .definitions.filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
        .map(({ name }) => cost(text, {}, name?.value)),
    )
    expect(costs.length).toBeGreaterThan(14)
    for (const one of costs) expect(one).toBeLessThan(maxCost / 4)
  })
})

describe('an operation that costs too much', () => {
  let api: Api
  let server: TestServer
  beforeAll(async () => {
    api = await openApi()
    server = await openServer(api.record)
  })
  afterAll(async () => {
    await server.close()
    await api[Symbol.asyncDispose]()
  })

  const CHANGES = 'history(first: 100) { nodes { changes { path before after } } }'
  const QUERY = `{ developments(first: 100) { nodes { ref again: ${CHANGES} } } }`
  const PATH = 'developments.nodes.again.nodes.changes'
  const SUBSCRIPTION = `subscription { developments { ... on DevelopmentChange { development {
    ${Array.from({ length: 100 }, (_, i) => `h${i}: ${CHANGES}`).join(' ')} } } } }`

  it('is refused with its cost, the limit, its dearest field and what to do', async () => {
    const total = cost(QUERY)
    expect(total).toBeGreaterThan(maxCost)
    const { data, errors } = await api.execute(QUERY)
    expect(data).toBeUndefined()
    const number = (it: number) => it.toLocaleString('en')
    expect(errors?.map(({ message }) => message)).toEqual([
      `This would cost ${number(total)}, and the limit is 250,000. 350,000 of it is \`${PATH}\`: ask for fewer entries (\`first\`), leave out lists within lists, or ask in several operations.`,
    ])
    expect(errors?.[0]?.extensions).toEqual({ code: 'TOO_COSTLY', cost: total, limit: maxCost, path: PATH })
  })

  it('is refused before anything of it is done', async () => {
    const { record } = api
    await record.ingest(dispatchOf({ id: 'r1', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07' })))
    const head = await record.head()
    await using strict = await openServer(record, { maxCost: 3 })
    const part = 'retract(input: { ref: "swap", reason: "y" }) { ... on DeskResult { ref } }'
    const { errors } = await ask(strict.url, `mutation { first: ${part} second: ${part} }`)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'TOO_COSTLY', cost: 4, limit: 3 })
    expect(await record.head()).toBe(head)
  })

  it.each([
    { door: 'POST', send: () => ask(server.url, QUERY) },
    {
      door: 'GET',
      send: async () => (await fetch(`${server.url}?query=${encodeURIComponent(QUERY)}`)).json(),
    },
    ...[QUERY, SUBSCRIPTION].flatMap((query) => [
      {
        door: `WebSocket (${query.slice(0, 12)})`,
        send: async () => {
          const url = server.url.replace('http', 'ws')
          const client = createWsClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 })
          const { value } = await client.iterate({ query }).next()
          await client.dispose()
          return value
        },
      },
    ]),
    {
      door: 'SSE',
      send: async () => (await createSseClient({ url: server.url }).iterate({ query: SUBSCRIPTION }).next()).value,
    },
  ])('is refused by $door', async ({ send }) => {
    expect(await send()).toMatchObject({ errors: [{ extensions: { code: 'TOO_COSTLY', limit: maxCost } }] })
  })

  it('is everything above the limit that is set', async () => {
    const query = '{ actors(first: 50) { nodes { ref } } }'
    expect((await api.execute(query)).extensions).toEqual({ cost: { requested: cost(query), limit: maxCost } })
    await using strict = await openServer(api.record, { maxCost: cost(query) - 1 })
    expect((await ask(strict.url, query)).errors?.[0]?.extensions).toMatchObject({ code: 'TOO_COSTLY' })
    await using generous = await openServer(api.record, { maxCost: cost(query) })
    expect((await ask(generous.url, query)).errors).toBeUndefined()
  })
})
