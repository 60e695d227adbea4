import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { day, dispatchOf } from '../support/sample.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

interface Highlighted {
  readonly field: string
  readonly text: string
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}
interface Edge {
  readonly cursor: string
  readonly rank: number
  readonly node: { readonly ref: string }
  readonly highlights: readonly Highlighted[]
}

const SEARCH = `query ($query: String!, $asOf: DateTime, $at: FeedCursor, $filter: DevelopmentFilter, $first: Int, $after: String, $last: Int, $before: String) {
  search(query: $query, asOf: $asOf, at: $at, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount isCapped feedCursor pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor rank node { ref } highlights { field text ranges { start end } } }
  }
}`
const search = async (query: string, variables: object = {}, of = api) =>
  (await of.ask(SEARCH, { query, first: 'last' in variables ? null : 100, ...variables })).search
const refs = async (query: string, variables: object = {}, of = api): Promise<string[]> =>
  (await search(query, variables, of)).edges.map(({ node }: Edge) => node.ref)
const marked = ({ text, ranges }: Highlighted) => ranges.map(({ start, end }) => text.slice(start, end))

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
    const tab = new URL('../../src/transport/questions/9-search.graphql', import.meta.url)
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
})

describe('a list of what was found', () => {
  it('is ranked: the headline before names, these before what is only quoted', async () => {
    const { edges } = await search('exchange')
    const ranks = edges.map(({ rank }: Edge) => rank)
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
    for (const rank of ranks) expect(rank > 0 && rank < 1).toBe(true)
    const inHeadline = edges.map(({ highlights }: Edge) => highlights[0]?.field === 'HEADLINE')
    expect(inHeadline.indexOf(true)).toBe(0)
    expect(inHeadline.at(-1)).toBe(false)
  })

  it('follows page, forwards and backwards, until everything was given once', async () => {
    const whole = await refs('Armenia')
    expect(whole.length).toBeGreaterThan(20)
    const forwards: string[] = []
    for (let after: string | null = null; ; ) {
      const page = await search('Armenia', { first: 7, after })
      forwards.push(...page.edges.map(({ node }: Edge) => node.ref))
      expect(page.totalCount).toBe(whole.length)
      if (!page.pageInfo.hasNextPage) break
      after = page.pageInfo.endCursor
    }
    expect(forwards).toEqual(whole)
    const backwards: string[] = []
    for (let before: string | null = null; ; ) {
      const page = await search('Armenia', { last: 7, before })
      backwards.unshift(...page.edges.map(({ node }: Edge) => node.ref))
      if (!page.pageInfo.hasPreviousPage) break
      before = page.pageInfo.startCursor
    }
    expect(backwards).toEqual(whole)
  })

  it('is filtered like any list', async () => {
    const kinds = (await search('Armenia', { filter: { kind: ['TALK'] } })).edges
    const listed = await api.ask('{ developments(first: 100, filter: { kind: [TALK] }) { nodes { ref } } }')
    const talks = listed.developments.nodes.map((node: { ref: string }) => node.ref)
    const all = await refs('Armenia')
    expect(new Set(kinds.map(({ node }: Edge) => node.ref))).toEqual(
      new Set(talks.filter((t: string) => all.includes(t))),
    )
    expect(await api.refused(SEARCH, { query: 'x', filter: { process: ['mars'] } })).toEqual([
      'filter.process: must be the ref of a process (see `processes`), got "mars"',
    ])
  })

  it('carries the cursor at which it was read', async () => {
    const { feedHead } = await api.ask('{ feedHead { cursor } }')
    expect((await search('Armenia')).feedCursor).toBe(feedHead.cursor)
  })

  it('marks matches in plain text: what looks like markup stays text', async () => {
    await using other = await openApi()
    const headline = '<b>Bold</b> & "talk" \ue000talk\ue001 <script>alert(1)</script>'
    await other.record.ingest(
      dispatchOf(
        { id: 'r1', on: '2023-12-07' },
        { ref: 'a', kind: 'STATEMENT', act: 'REMARK', headline, citations: [{ locator: 'lead' }] },
      ),
    )
    const { edges } = await search('talks OR alert', {}, other)
    expect(edges[0].highlights).toHaveLength(1)
    const [highlight] = edges[0].highlights
    expect(highlight.text).toBe(headline)
    expect(marked(highlight)).toEqual(['talk', 'talk', 'alert'])
  })
})

describe('a query', () => {
  const rule = async (query: string) => api.refused(SEARCH, { query })

  it.each([
    ['', 'query: must hold a word to search for, got ""'],
    ['"" *', String.raw`query: must hold a word to search for, got "\"\" *"`],
    ['-russia', 'query: must hold a word that is to be found, not only what is left out, got "-russia"'],
    ['x '.repeat(33), `query: must have at most 32 words and phrases, got "${'x '.repeat(33)}"`],
    ['x'.repeat(10_000), `query: must be at most 500 characters long, got "${'x'.repeat(79)}`],
  ])('that cannot be answered says why: %#', async (query, message) => {
    expect(await rule(query)).toEqual([message])
  })

  it('of stop words alone looks for them', async () => {
    expect((await search('the')).totalCount).toBeGreaterThan(20)
    expect((await search('the joint')).totalCount).toBe((await search('joint')).totalCount)
  })

  // Whatever is typed is answered or refused in words: the database never is the one that complains.
  const soup = fc
    .array(
      fc.constantFrom(
        ...[
          '"',
          '-',
          '*',
          'OR',
          'NOT',
          'AND',
          '(',
          ')',
          '|',
          '&',
          '!',
          ':*',
          '<->',
          '<2>',
          '\\',
          "'",
          "''",
          '%',
          '$1',
          ';',
          '--',
        ],
        ...[
          'armenia',
          'Türkiye',
          'U.S.',
          'the',
          ' ',
          '\u0000',
          '\n',
          '\ud800',
          '\u0301',
          '😀',
          '“',
          'x'.repeat(60),
          '::tsquery',
          '100%',
        ],
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''))
  it('of any characters is answered or refused in words', async () => {
    const anything = fc.oneof(soup, soup, fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 600 }))
    await fc.assert(
      fc.asyncProperty(anything, async (query) => {
        const { data, errors = [] } = await api.execute(SEARCH, { query, first: 3 })
        for (const { message } of errors) expect(message).toMatch(/^query: must (hold|be at most|have at most) /)
        expect(errors.length).toBe(data == null ? 1 : 0)
      }),
      { numRuns: 200, examples: [['x\u0000y'], ["a' | 'b"], ['\'); drop table "Head"; --'], ['a:* & b'], ['\\']] },
    )
    expect(await api.record.head()).toBeGreaterThan(0)
  })

  it('in whole words finds the development that it was taken from', async () => {
    const { developments } = await api.ask('{ developments(first: 100) { nodes { ref headline } } }')
    for (const { ref, headline } of developments.nodes) {
      expect(await refs(headline.replace(/ or /gi, ' '))).toContain(ref)
      expect(await refs(`"${headline}"`)).toContain(ref)
      for (const word of headline.match(/[\p{L}\p{N}]{4,}/gu))
        expect(await refs(`${word.slice(0, -1)}*`)).toContain(ref)
    }
  })
})
