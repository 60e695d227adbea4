import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const refs = async (args: string): Promise<string[]> =>
  (await api.ask(`{ developments(first: 100, ${args}) { nodes { ref } } }`)).developments.nodes.map(
    (n: { ref: string }) => n.ref,
  )

describe('a page', () => {
  const page =
    'edges { cursor node { ref } } nodes { ref } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
  const ask = async (args: string) => (await api.ask(`{ developments(${args}) { ${page} } }`)).developments
  const named = (connection: { nodes: { ref: string }[] }) => connection.nodes.map((node) => node.ref)

  it.each(['WHEN_ASC', 'WHEN_DESC', 'RECORDED_ASC', 'RECORDED_DESC'])(
    'follows page, forwards and backwards, until every development was given once: %s',
    async (order) => {
      const whole = await refs(`orderBy: ${order}`)
      expect(new Set(whole).size).toBe(32)
      const forwards: string[] = []
      for (let after = ''; ; ) {
        const next = await ask(`first: 7, orderBy: ${order}${after}`)
        forwards.push(...named(next))
        if (!next.pageInfo.hasNextPage) break
        after = `, after: "${next.pageInfo.endCursor}"`
      }
      expect(forwards).toEqual(whole)
      const backwards: string[] = []
      for (let before = ''; ; ) {
        const next = await ask(`last: 7, orderBy: ${order}${before}`)
        backwards.unshift(...named(next))
        if (!next.pageInfo.hasPreviousPage) break
        before = `, before: "${next.pageInfo.startCursor}"`
      }
      expect(backwards).toEqual(whole)
    },
  )

  it.each([
    ['developments', ['7', 1]],
    ['developments', ['2023-02-31T00:00:00.000Z', 1]],
    ['developments', ['infinity', 2 ** 31]],
    ['developments', ['infinity', -1]],
    ['developments(orderBy: RECORDED_ASC)', ['infinity', 1]],
    ['search(query: "exchange")', ['2023-12-14T23:59:59.999Z', 1]],
    ['search(query: "exchange")', ['9999999999', 1]],
    ['disagreements', ['', 1]],
    ['changes(from: "2023-01-01T00:00:00Z")', ['1', 1]],
  ] satisfies [string, [string, number]][])(
    '%s takes no cursor of another list, or of none: %j',
    async (field, key) => {
      const after = Buffer.from(JSON.stringify(key)).toString('base64url')
      const list = field.includes('(') ? field.replace(')', `, after: "${after}")`) : `${field}(after: "${after}")`
      expect(await api.refused(`{ ${list} { nodes { __typename } } }`)).toEqual([
        `after: must be a cursor that this list gave out, got "${after}"`,
      ])
    },
  )

  it('of nothing is empty', async () => {
    const { nodes, pageInfo } = await ask('first: 0')
    expect(nodes).toEqual([])
    expect(pageInfo).toMatchObject({ startCursor: null, endCursor: null })
  })

  it.each([
    ['first: 101', 'first: must be from 0 to 100, got 101'],
    ['last: -1', 'last: must be from 0 to 100, got -1'],
    ['first: 1, last: 1', 'last: must not be given beside `first`, got 1'],
    ['first: 1, after: "garbage"', 'after: must be a cursor that this list gave out, got "garbage"'],
    ['first: 1, orderBy: BY_CHANCE', 'Value "BY_CHANCE" does not exist in "DevelopmentOrder" enum.'],
    ['first: 1, filter: { colour: "red" }', 'Field "colour" is not defined by type "DevelopmentFilter".'],
    [
      'first: 1, filter: { process: ["mars"] }',
      'filter.process: must be the ref of a process (see `processes`), got "mars"',
    ],
    [
      'first: 1, filter: { outlet: ["mars"] }',
      'filter.outlet: must be the ref of an outlet (see `outlets`), got "mars"',
    ],
    [
      'first: 1, filter: { mediator: ["Mars"] }',
      'filter.mediator: must name an actor that the record knows (see `actors`), got "Mars"',
    ],
  ])('that cannot be is refused: %s', async (args, message) => {
    expect(await api.refused(`{ developments(${args}) { totalCount } }`)).toEqual([message])
  })
})

describe('a filter', () => {
  it.each([
    ['kind: [EXCHANGE]', ['exchange-32-2']],
    ['status: [STALLED, PROPOSED]', ['normalisation-track', 'washington-ministers']],
    ['actor: [{ actor: "icrc" }]', ['commission-statement', 'exchange-32-2']],
    ['actor: [{ actor: "Baku", role: [RELEASER] }]', ['exchange-32-2']],
    ['actor: [{ actor: "Michel", role: [SPEAKER] }]', ['michel-welcome']],
    ['mediator: ["Macron", "Scholz"]', ['spain-talks']],
    ['kind: [TALK], outlet: ["upi"]', ['offices-talks']],
    [
      'kind: [TALK], when: { from: "2023-11-01T00:00:00Z", to: "2023-11-30T23:59:59Z" }',
      [...['border-withdrawal-talks', 'leaders-meetings', 'offices-talks', 'us-talks']],
    ],
    ['process: ["armenia-azerbaijan"], kind: [AGREEMENT]', []],
  ])('{ %s } lets pass what it says', async (filter, expected) => {
    const found = await refs(`filter: { ${filter} }`)
    const counted = await api.ask(`{ developments(filter: { ${filter} }) { totalCount } }`)
    expect(counted.developments.totalCount).toBe(found.length)
    if (filter.includes('icrc')) expect(found).toContain('exchange-32-2')
    else expect(found.sort()).toEqual(expected)
  })

  it('finds who acts for a state under the state', async () => {
    const spoken = await refs('filter: { actor: [{ actor: "eu", role: [SPEAKER] }] }')
    expect(spoken.sort()).toEqual(['michel-welcome', 'powers-welcome'])
  })
})

describe('the typed lists', () => {
  const list = async (field: string) => (await api.ask(`{ list: ${field} { totalCount nodes { ref } } }`)).list

  it.each([
    ['statements', 10],
    ['talks', 9],
    ['exchanges', 1],
    ['pledges', 5],
    ['agreements', 0],
    ['incidents', 7],
  ])('%s are %i', async (field, count) => {
    expect((await list(field)).totalCount).toBe(count)
  })

  it.each([
    ['statements(act: [EXPECT])', ['treaty-by-year-end']],
    [
      'statements(about: ["joint-statement"], filter: { actor: [{ actor: "us", role: [SPEAKER] }] })',
      ['miller-welcome', 'powers-welcome'],
    ],
    ['talks(declinedBy: ["Aliyev"])', ['spain-talks']],
    ['talks(extent: [SERIES], filter: { status: [STALLED] })', ['normalisation-track']],
    ['pledges(open: false)', []],
    [
      'pledges(strength: [COMMITMENT], filter: { actor: [{ actor: "Yerevan", role: [BENEFICIARY] }] })',
      ['cop-bureau-support'],
    ],
    ['incidents(type: [DETENTION])', ['separatist-leaders-detained']],
    ['talks(filter: { kind: [PLEDGE] })', []],
  ])('take what only their kind has: %s', async (field, expected) => {
    expect((await list(field)).nodes.map((node: { ref: string }) => node.ref).sort()).toEqual(expected)
  })
})

describe('identities', () => {
  it('are listed, counted and found by any name', async () => {
    const answer = await api.ask(`{
      processes { totalCount nodes { ref parties { ref } developments(first: 1) { totalCount } } }
      reports { totalCount nodes { ref outlet { ref } } }
      outlets(first: 100) { nodes { ref reports { ref } } }
      states: actors(kind: [STATE], first: 3) { totalCount nodes { ref } pageInfo { hasNextPage } }
      turkey: actor(name: "turkey") { ref name } baku: actor(name: "BAKU") { ref } nobody: actor(name: "Nobody") { ref }
    }`)
    expect(answer.processes).toEqual({
      totalCount: 1,
      nodes: [
        {
          ref: 'armenia-azerbaijan',
          parties: [{ ref: 'armenia' }, { ref: 'azerbaijan' }],
          developments: { totalCount: 32 },
        },
      ],
    })
    expect(answer.reports).toEqual({
      totalCount: 5,
      nodes: [
        { ref: 'dw-2023-12-07', outlet: { ref: 'dw' } },
        { ref: 'bbc-copy-2023-12-08', outlet: null },
        { ref: 'upi-2023-12-08', outlet: { ref: 'upi' } },
        { ref: 'exchange-report-2023-12-13', outlet: null },
        { ref: 'exchange-retelling-2023-12-14', outlet: null },
      ],
    })
    expect(answer.outlets.nodes.find((o: { ref: string }) => o.ref === 'upi').reports).toEqual([
      { ref: 'upi-2023-12-08' },
    ])
    expect(answer.states.pageInfo.hasNextPage).toBe(true)
    expect(answer).toMatchObject({
      turkey: { ref: 'turkiye', name: 'Türkiye' },
      baku: { ref: 'azerbaijan' },
      nobody: null,
    })
  })

  it('are nodes: each is given again by its global id, and one that is none is refused', async () => {
    const { process, actor, development, reports } = await api.ask(`{
      process(ref: "armenia-azerbaijan") { id } actor(name: "eu") { id } reports(first: 1) { nodes { id outlet { id } } }
      development(ref: "exchange-32-2") { id place { id } revision { id } ... on Exchange { id } }
    }`)
    const { id: report, outlet } = reports.nodes[0]
    const ids = [process.id, actor.id, report, outlet.id, development.id, development.place.id, development.revision.id]
    const { nodes } = await api.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) {
        __typename id
        ... on Process { ref } ... on Actor { ref name } ... on Report { ref } ... on Outlet { ref } ... on Place { ref }
        ... on Development { ref headline participants { actor { name } } } ... on Exchange { legs { key } } ... on Revision { number }
      } }`,
      { ids },
    )
    expect(nodes.map((node: { id: string }) => node.id)).toEqual(ids)
    expect(nodes.map((node: { __typename: string }) => node.__typename)).toEqual([
      ...['Process', 'Actor', 'Report', 'Outlet', 'Exchange', 'Place', 'Revision'],
    ])
    expect(nodes[4]).toMatchObject({
      ref: 'exchange-32-2',
      legs: [{ key: 'from-azerbaijan' }, { key: 'from-armenia' }],
    })
    expect(nodes[4].participants.length).toBeGreaterThan(2)
    const none = Buffer.from('Development:none').toString('base64url')
    expect(
      await api.ask('query ($id: ID!) { node(id: $id) { id } development(id: $id) { id } }', { id: none }),
    ).toEqual({
      ...{ node: null, development: null },
    })
    expect(await api.refused('{ node(id: "garbage") { id } }')).toEqual([
      'id: must be a global id that this API gave out, got "garbage"',
    ])
    expect(await api.refused('{ development { id } }')).toEqual([
      expect.stringContaining('ref: must be given, or `id`, and not both'),
    ])
  })
})

describe('an agreement', () => {
  it('is read like the other kinds', async () => {
    await using other = await openApi()
    await other.record.ingest(
      dispatchOf(
        { id: 'r1', on: '2023-12-07' },
        {
          ...{
            ref: 'truce',
            kind: 'AGREEMENT',
            headline: 'A truce',
            citations: [{}],
            stage: 'CEA',
            terms: 'No shooting',
          },
          participants: [{ actor: 'North', role: 'SIGNATORY' }],
          milestones: [{ status: 'SIGNED', when: { earliest: '2023-12-06', latest: '2023-12-06', precision: 'DAY' } }],
          effective: { earliest: '2023-12-07', latest: '2023-12-07', precision: 'DAY' },
        },
        exchange({ status: 'AGREED', on: '2023-12-07', links: [{ type: 'CARRIES_OUT', to: 'truce' }] }),
      ),
    )
    const { agreements, exchanges } = await other.ask(`{
      agreements(stage: [CEA]) { nodes { ref status stage terms effective { earliest } until { latest } signatories { actor { name } } } }
      exchanges { nodes { links { type development { __typename ref } } } }
    }`)
    expect(agreements.nodes).toEqual([
      {
        ...{ ref: 'truce', status: 'SIGNED', stage: 'CEA', terms: 'No shooting', until: null },
        ...{ effective: { earliest: '2023-12-07T00:00:00.000Z' }, signatories: [{ actor: { name: 'North' } }] },
      },
    ])
    expect(exchanges.nodes[0].links).toEqual([
      { type: 'CARRIES_OUT', development: { __typename: 'Agreement', ref: 'truce' } },
    ])
  })
})
