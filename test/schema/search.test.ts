import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { day, dispatchOf } from '../support/sample.ts'
import { type Edge, type Highlighted, marked, refsFound, search as searchIn } from '../support/search.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const search = (query: string, variables: object = {}, of = api) => searchIn(of, query, variables)
const refs = (query: string, variables: object = {}, of = api) => refsFound(of, query, variables)

// What is found, in the order of its rank.
describe('a search of the first record', () => {
  it.each([
    ['Turkey', ['powers-welcome', 'joint-statement']],
    ['Türkiye', ['powers-welcome', 'joint-statement']],
    ['turkiye', ['powers-welcome', 'joint-statement']],
    ['Ankara', ['powers-welcome', 'joint-statement']],
    ['COP29', ['cop29-support', 'cop-bureau-support']],
    ['"prisoner exchange"', ['joint-statement']],
    ['"exchange prisoner"', []],
    [
      'exchanging -turkey',
      [...['commission-statement', 'exchange-32-2', 'leaders-meetings', 'further-confidence-building']],
    ],
    ['negotiating', ['offices-talks']],
    ['negotia*', ['offices-talks']],
    ['negotia', []],
    ['Iran OR COP29', ['iran-talks', 'cop29-support', 'cop-bureau-support']],
    ['Michel breakthrough', ['michel-welcome']],
    ['"Nagorno-Kara"', []],
  ])('for %s finds %j', async (query, expected) => {
    expect(await refs(query)).toEqual(expected)
  })

  it('for Baku finds Azerbaijan, and leaves it out where it is excluded', async () => {
    const all = await refs('Baku')
    expect(all).toEqual(expect.arrayContaining(['exchange-32-2', 'cop29-support', 'joint-statement', 'spain-talks']))
    expect(new Set(all)).toEqual(new Set(await refs('azerbaijan')))
    const without = await refs('Armenia -Baku')
    expect(without.length).toBeGreaterThan(0)
    expect(without.filter((ref) => all.includes(ref))).toEqual([])
  })

  it('takes words side by side for the name that they are', async () => {
    const { edges } = await search('united states welcome')
    expect(edges.map(({ node }: Edge) => node.ref)).toEqual(['miller-welcome', 'powers-welcome'])
    expect(edges[1].highlights.flatMap(marked)).toContain('United States')
  })

  it('reads accents, ligatures and letters of other alphabets without regard to them', async () => {
    await using other = await openApi()
    const common = { kind: 'STATEMENT', act: 'REMARK', citations: [{ locator: 'lead' }] }
    await other.record.ingest(
      dispatchOf(
        { id: 'r1', on: '2023-12-07' },
        { ref: 'a', headline: 'İlham Əliyev met Kılıçdaroğlu in Gəncə', ...common },
        { ref: 'b', headline: 'Søren’s “straße”—and/or 2020-2023', ...common },
        { ref: 'c', headline: 'Алиев встретился с Пашиняном', ...common },
      ),
    )
    const found = (query: string) => refs(query, {}, other)
    for (const query of ['ilham', 'ALIYEV', 'əliyev', 'Kilicdaroglu', 'Ganca', 'kılıç*'])
      expect(await found(query)).toEqual(['a'])
    for (const query of ['soren', 'strasse', 'or 2023', '2020', 'and/or']) expect(await found(query)).toEqual(['b'])
    expect(await found('алиев')).toEqual(['c'])
    const { edges } = await search('aliyev', {}, other)
    expect(edges[0].highlights.map(marked)).toEqual([['Əliyev']])
  })

  it('finds a phrase only where it stands, not where one text ends and another begins', async () => {
    await using other = await openApi()
    await other.record.ingest(
      dispatchOf(
        { id: 'r1', outlet: 'wire', on: '2023-12-07' },
        {
          ...{ ref: 'a', kind: 'STATEMENT', act: 'REMARK', headline: 'Bridge over river', summary: 'Water rises' },
          citations: [{ quotation: 'fog ahead' }, { quotation: 'rain' }],
          participants: [{ actor: 'north', role: 'SPEAKER' }],
        },
      ),
    )
    const found = async (queries: string[]) => {
      const answers: string[] = []
      for (const query of queries) if ((await refs(query, {}, other)).length > 0) answers.push(query)
      return answers
    }
    const within = ['"bridge over river"', '"fog ahead"', '"the wire"', 'rain fog', '"water rises"']
    expect(await found(within)).toEqual(within)
    const across = [
      '"river bridge"',
      '"river north"',
      '"ahead rain"',
      '"rain fog"',
      '"north water"',
      '"rises fog"',
      '"wire north"',
    ]
    expect(await found(across)).toEqual([])
  })

  it('answers the question of the tab', async () => {
    const tab = new URL('../../src/transport/questions/10-search.graphql', import.meta.url)
    const { search: found } = await api.ask(readFileSync(tab, 'utf8'))
    expect(found.totalCount).toBe(2)
    expect(found.edges.map(({ node }: Edge) => node.ref)).toEqual(['powers-welcome', 'joint-statement'])
    expect(found.edges[0].highlights.map((h: Highlighted) => [h.field, marked(h)])).toEqual([
      ['SUMMARY', ['Turkey']],
      ['NAME', ['Türkiye']],
    ])
  })
})

describe('the viewpoint of a search', () => {
  it('finds nothing that was published later', async () => {
    const before = { asOf: '2023-12-10T23:59:59Z' }
    expect(await refs('Gazakh')).toEqual(expect.arrayContaining(['exchange-32-2']))
    expect(await refs('Gazakh', before)).toEqual([])
    expect(await refs('Turkey', before)).toEqual([])
    expect((await search('Turkey', before)).totalCount).toBe(0)
    // The exchange itself was known, and says of itself what was known then.
    const { edges } = await search('exchange', before)
    const known = edges.find(({ node }: Edge) => node.ref === 'exchange-32-2')
    expect(known.highlights.flatMap(({ text }: Highlighted) => text).join(' ')).not.toContain('since the offensive')
  })

  it('finds at a place of the feed what the record said there', async () => {
    await using other = await openApi()
    const told = (id: string, on: string, headline: string) =>
      other.record.ingest(
        dispatchOf(
          { id, on },
          { ref: 'talk', kind: 'TALK', extent: 'MEETING', headline: 'A talk', citations: [{ quotation: headline }] },
        ),
      )
    await told('r1', '2023-12-07', 'They met by the river')
    const { feedCursor: at } = await search('talk', {}, other)
    await told('r2', '2023-12-08', 'They met in a castle')
    expect(await refs('castle', {}, other)).toEqual(['talk'])
    expect(await refs('castle', { at }, other)).toEqual([])
    expect(await refs('river', { at }, other)).toEqual(['talk'])
    expect(await refs('castle', { asOf: '2023-12-07T23:59:59.999Z' }, other)).toEqual([])
  })

  it('shows nothing of what was retracted, at any viewpoint, until it is reinstated', async () => {
    await using other = await openApi()
    const common = { kind: 'STATEMENT', act: 'REMARK', citations: [{ quotation: 'a hidden hoard' }] }
    await other.record.ingest(dispatchOf({ id: 'r1', on: '2023-12-07' }, { ref: 'a', headline: 'Heard', ...common }))
    const { feedCursor: at } = await search('hoard', {}, other)
    await other.record.write((pen) => retract(pen, readWithdrawal({ ref: 'a', reason: 'Untrue' })))
    for (const viewpoint of [{}, { at }, { asOf: '2023-12-31T00:00:00Z' }]) {
      const { edges, totalCount } = await search('hoard', viewpoint, other)
      expect([edges, totalCount]).toEqual([[], 0])
      expect(await refs('Retracted', viewpoint, other)).toEqual([])
    }
    await other.record.write((pen) => reinstate(pen, readWithdrawal({ ref: 'a', reason: 'True' })))
    expect(await refs('hoard', {}, other)).toEqual(['a'])
  })

  it('does not find by a claim that the desk has set aside', async () => {
    await using other = await openApi()
    await other.record.ingest(
      dispatchOf(
        { id: 'r1', on: '2023-12-07' },
        {
          ...{ ref: 'a', kind: 'PLEDGE', headline: 'A pledge', strength: 'HOPE', terms: 'A golden bridge' },
          ...{ citations: [{ locator: 'lead' }], due: day('2023-12-24') },
        },
      ),
    )
    expect(await refs('golden', {}, other)).toEqual(['a'])
    const change = { replace: { aspect: 'CONTENT', key: 'terms', by: { text: 'A wooden bridge' } } }
    await other.record.write((pen) =>
      correct(pen, readCorrection({ ref: 'a', reason: 'Misread', basis: 'OUR_MISTAKE', changes: [change] })),
    )
    expect(await refs('golden', {}, other)).toEqual([])
    expect(await refs('wooden', {}, other)).toEqual(['a'])
  })
})

describe('names', () => {
  it('that an actor is given later find what was published before', async () => {
    await using other = await openApi()
    await other.record.ingest(
      dispatchOf(
        { id: 'r1', on: '2023-12-07' },
        {
          ...{ ref: 'a', kind: 'STATEMENT', act: 'REMARK', headline: 'A word', citations: [{ locator: 'lead' }] },
          participants: [{ actor: 'premier', role: 'SPEAKER', onBehalfOf: 'north' }],
        },
      ),
    )
    expect(await refs('Boreas', {}, other)).toEqual([])
    await other.record.ingest({
      ...dispatchOf(
        { id: 'r2', on: '2023-12-08' },
        { ref: 'b', kind: 'STATEMENT', act: 'REMARK', headline: 'In Boreas', citations: [{ locator: 'lead' }] },
      ),
      actors: [{ id: 'north', kind: 'STATE', name: 'North', names: [{ name: 'Boreas', kind: 'METONYM' }] }],
    })
    expect((await refs('Boreas', {}, other)).sort()).toEqual(['a', 'b'])
    // What is only named by another name is found as well.
    expect((await refs('north', {}, other)).sort()).toEqual(['a', 'b'])
  })

  it('that are English stop words, or of two letters, find whom they name', async () => {
    await using other = await openApi()
    const names = [{ name: 'World Health Organization', kind: 'OFFICIAL' }]
    await other.record.ingest({
      ...dispatchOf(
        { id: 'r1', on: '2023-12-07' },
        {
          ...{ ref: 'a', kind: 'STATEMENT', act: 'REMARK', headline: 'A word', citations: [{ locator: 'lead' }] },
          participants: [{ actor: 'WHO', role: 'SPEAKER' }],
        },
        {
          ...{
            ref: 'b',
            kind: 'STATEMENT',
            act: 'REMARK',
            headline: 'Help us, who can',
            citations: [{ locator: 'lead' }],
          },
          participants: [{ actor: 'US', role: 'SPEAKER' }],
        },
        { ref: 'c', kind: 'STATEMENT', act: 'REMARK', headline: 'They told us', citations: [{ locator: 'lead' }] },
      ),
      actors: [
        { id: 'who', kind: 'ORGANISATION', name: 'WHO', names },
        { id: 'us', kind: 'STATE', name: 'US', names: [{ name: 'Washington', kind: 'METONYM' }] },
      ],
    })
    expect(await refs('World Health Organization', {}, other)).toEqual(['a'])
    expect((await refs('WHO', {}, other)).sort()).toEqual(['a', 'b'])
    expect(await refs('Washington', {}, other)).toEqual(['b'])
    expect(await refs('told -Washington', {}, other)).toEqual(['c'])
  })
})
