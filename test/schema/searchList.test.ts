import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { dispatchOf } from '../support/sample.ts'
import { type Edge, marked, refsFound, SEARCH, search as searchIn } from '../support/search.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const search = (query: string, variables: object = {}, of = api) => searchIn(of, query, variables)
const refs = (query: string, variables: object = {}, of = api) => refsFound(of, query, variables)

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
      { numRuns: 100, examples: [['x\u0000y'], ["a' | 'b"], ['\'); drop table "Head"; --'], ['a:* & b'], ['\\']] },
    )
    expect(await api.record.head()).toBeGreaterThan(0)
  }, 60_000)

  it('in whole words finds the development that it was taken from', async () => {
    const { developments } = await api.ask('{ developments(first: 100) { nodes { ref headline } } }')
    const three = `query ($words: String!, $phrase: String!, $prefix: String!) {
      words: search(first: 100, query: $words) { nodes { ref } }
      phrase: search(first: 100, query: $phrase) { nodes { ref } }
      prefix: search(first: 100, query: $prefix) { nodes { ref } }
    }`
    for (const { ref, headline } of developments.nodes) {
      const begun = headline.match(/[\p{L}\p{N}]{3,}/gu).map((word: string) => `${word.slice(0, -1)}*`)
      const variables = { words: headline.replace(/ or /gi, ' '), phrase: `"${headline}"`, prefix: begun.join(' ') }
      const found: object = await api.ask(three, variables)
      for (const { nodes } of Object.values(found)) expect(nodes).toContainEqual({ ref })
    }
  })
})
