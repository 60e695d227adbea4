import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { type Api, openApi } from '../support/api.ts'
import { arrivals } from '../support/generated.ts'
import { openRecord } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

const all = `developments(first: 100, orderBy: RECORDED_ASC) {
  feedCursor totalCount
  nodes {
    __typename ref headline status reportCount participants { role actor { ref } }
    claims { aspect key text standing rank } citations { key } disagreements { aspect key relation }
    links { type development { ref headline } } history(first: 100) { nodes { number action } }
  }
}`
const asked = (argument: string) => all.replace('orderBy', `${argument}, orderBy`)

describe('the record at a place of the feed', () => {
  it('is what it was when that place was its end, whatever came later', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ one }) => {
        await using api = await openApi()
        const seen: { feedCursor: string }[] = []
        for (const dispatch of one) {
          await api.record.ingest(dispatch)
          seen.push((await api.ask(`{ ${all} }`)).developments)
        }
        for (const then of seen) {
          const { developments } = await api.ask(`query ($at: FeedCursor!) { ${asked('at: $at')} }`, {
            at: then.feedCursor,
          })
          expect(developments).toEqual(then)
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
  }, 120_000)
})

describe('a viewpoint', () => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(await openRecord())
    const { record } = api
    await record.ingest(
      dispatchOf(
        { id: 'r2', outlet: 'gazette', on: '2023-12-13' },
        exchange({ status: 'CARRIED_OUT', on: '2023-12-13' }),
      ),
    )
    await record.ingest(
      dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07' })),
    )
  })
  afterAll(() => api[Symbol.asyncDispose]())

  it('as of a day shows what was published by then, also if it arrived later', async () => {
    const at = async (asOf: string) =>
      (
        await api.ask('query ($asOf: DateTime!) { development(ref: "swap", asOf: $asOf) { status reportCount } }', {
          asOf,
        })
      ).development
    expect(await at('2023-12-07T23:59:59.998Z')).toBeNull()
    expect(await at('2023-12-10T00:00:00Z')).toEqual({ status: 'AGREED', reportCount: 1 })
    expect(await at('2023-12-14T00:00:00Z')).toEqual({ status: 'CARRIED_OUT', reportCount: 2 })
  })

  it('shows the reports that had been published, or had arrived, by then: in lists, and below their outlets', async () => {
    const asked = (argument: string) => `{
      reports${argument} { totalCount nodes { ref } }
      outlets${argument} { nodes { reports { ref } } }
    }`
    const shown = async (argument = '', variables = {}) => {
      const query = `${Object.keys(variables).length > 0 ? 'query ($at: FeedCursor!) ' : ''}${asked(argument)}`
      const { reports, outlets } = await api.ask(query, variables)
      const below = outlets.nodes.flatMap((o: { reports: { ref: string }[] }) => o.reports.map(({ ref }) => ref))
      const listed = reports.nodes.map(({ ref }: { ref: string }) => ref)
      expect([below.sort(), reports.totalCount]).toEqual([[...listed].sort(), listed.length])
      return listed
    }
    expect(await shown()).toEqual(['r1', 'r2'])
    expect(await shown('(asOf: "2023-12-10T00:00:00Z")')).toEqual(['r1'])
    const feed = 'feed(first: 1) { nodes { cursor } } feedHead { origin }'
    const { feed: items, feedHead } = await api.ask(`{ ${feed} }`)
    expect(await shown('(at: $at)', { at: items.nodes[0].cursor })).toEqual(['r2'])
    expect(await shown('(at: $at)', { at: feedHead.origin })).toEqual([])
  })

  it('as of a day hides versions that became known later', async () => {
    const { development } = await api.ask(
      '{ development(ref: "swap", asOf: "2023-12-10T00:00:00Z") { history(first: 10) { nodes { action } } revision { action } } }',
    )
    expect(development).toEqual({ history: { nodes: [{ action: 'BACKDATED' }] }, revision: { action: 'BACKDATED' } })
  })

  it('is one for the whole operation: two different ones are refused', async () => {
    const two = '{ a: developments(asOf: "2023-12-10T00:00:00Z") { totalCount } b: developments { totalCount } }'
    expect(await api.refused(two)).toEqual([
      'One operation reads from one viewpoint: give all root fields the same `asOf` and `at`, or ask in several operations.',
    ])
    const same =
      '{ a: developments(asOf: "2023-12-10T00:00:00Z") { totalCount } b: talks(asOf: "2023-12-10T00:00:00Z") { totalCount } }'
    expect(await api.ask(same)).toEqual({ a: { totalCount: 1 }, b: { totalCount: 0 } })
  })

  it('is found in fragments, behind aliases, variables and directives', async () => {
    const { a } = await api.ask(
      `query ($asOf: DateTime, $no: Boolean = false) {
        ...Old
        b: developments @include(if: $no) { totalCount }
      }
      fragment Old on Query { ... on Query { a: development(ref: "swap", asOf: $asOf) { status } } }`,
      { asOf: '2023-12-10T00:00:00Z' },
    )
    expect(a).toEqual({ status: 'AGREED' })
  })

  it('at a cursor of the future or of another history is refused, with where to start again', async () => {
    const forged = (position: number) => Buffer.from(`${position}.0123456789abcdef`).toString('base64url')
    const ask = (at: string) => api.execute('query ($at: FeedCursor!) { developments(at: $at) { totalCount } }', { at })
    const future = (await ask(forged(99))).errors?.[0]
    expect(future?.extensions).toMatchObject({
      code: 'CURSOR_FROM_THE_FUTURE',
      head: expect.any(String),
      origin: expect.any(String),
    })
    expect((await ask(forged(1))).errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_FROM_ANOTHER_HISTORY' })
    expect((await ask('garbage')).errors?.[0]?.message).toContain('A FeedCursor must be text that this API gave out')
    const again = await ask(future?.extensions.head as string)
    expect(again.errors).toBeUndefined()
  })
})

describe('a retracted development', () => {
  it('shows its tombstone at every viewpoint, and its content again when it is reinstated', async () => {
    await using api = await openApi()
    const { record } = api
    await record.ingest(
      dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07' })),
    )
    const before = (await api.ask('{ feedHead { cursor } }')).feedHead.cursor
    await record.write((pen) => retract(pen, readWithdrawal({ ref: 'swap', reason: 'A hoax' })))
    const shown = `__typename ref headline summary status claims { text } legs: participants { actor { ref } } citations { key }
      ... on Tombstone { reason } revision { changes { path } } history(first: 9) { nodes { action reason changes { path } } }`
    const tombstone = {
      ...{ __typename: 'Tombstone', ref: 'swap', headline: 'Retracted', summary: null, status: null },
      ...{ claims: [], legs: [], citations: [], reason: 'A hoax', revision: { changes: [] } },
    }
    for (const argument of ['', `, at: "${before}"`, ', asOf: "2023-12-10T00:00:00Z"']) {
      const { development, list } = await api.ask(
        `{ development(ref: "swap"${argument}) { ${shown} } list: developments${argument && `(${argument.slice(2)})`} { totalCount nodes { ref } } }`,
      )
      expect(development).toMatchObject(tombstone)
      expect(development.history.nodes.flatMap((r: { changes: unknown[] }) => r.changes)).toEqual([])
      expect(list).toEqual({ totalCount: 0, nodes: [] })
    }
    await record.write((pen) => reinstate(pen, readWithdrawal({ ref: 'swap', reason: 'True after all' })))
    const { development } = await api.ask(
      '{ development(ref: "swap") { __typename status revision { action reason } } }',
    )
    expect(development).toEqual({
      ...{ __typename: 'Exchange', status: 'AGREED' },
      revision: { action: 'REINSTATED', reason: 'True after all' },
    })
  })

  it('keeps its id', async () => {
    await using api = await openApi()
    await api.record.ingest(
      dispatchOf({ id: 'r1', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07' })),
    )
    const { id } = (await api.ask('{ development(ref: "swap") { id } }')).development
    await api.record.write((pen) => retract(pen, readWithdrawal({ ref: 'swap', reason: 'A hoax' })))
    expect(await api.ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id })).toEqual({
      node: { __typename: 'Tombstone', id },
    })
  })
})

describe('a correction', () => {
  it('of our own mistake changes the past, one of a source only what is known from now on', async () => {
    await using api = await openApi()
    const { record } = api
    await record.ingest(
      dispatchOf({ id: 'r1', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07', count: 23 })),
    )
    const value = { figure: { measure: 'RELEASED', best: 23 } }
    const replace = {
      aspect: 'FIGURE',
      key: 'leg/from-north',
      value,
      by: { figure: { measure: 'RELEASED', best: 32 } },
    }
    const sent = (basis: string, by: object) =>
      readCorrection({
        ref: 'swap',
        reason: 'Figures turned round',
        basis,
        changes: [{ replace: { ...replace, ...by } }],
      })
    const counted = async (asOf: string) =>
      (
        await api.ask(
          'query ($asOf: DateTime!) { development(ref: "swap", asOf: $asOf) { ... on Exchange { legs { count { best } } } } }',
          { asOf },
        )
      ).development.legs[0].count.best
    await record.write((pen) => correct(pen, sent('OUR_MISTAKE', {})))
    expect(await counted('2023-12-08T00:00:00Z')).toBe(32)
    const changed = { value: replace.by, by: { figure: { measure: 'RELEASED', best: 33 } } }
    await record.write((pen) => correct(pen, sent('SOURCE_CHANGED', changed)), new Date('2024-02-01T00:00:00Z'))
    expect(await counted('2023-12-08T00:00:00Z')).toBe(32)
    expect(await counted('2024-02-02T00:00:00Z')).toBe(33)
  })
})
