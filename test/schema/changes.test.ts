import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { type Api, openApi, openSeededApi } from '../support/api.ts'
import { arrivals } from '../support/generated.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

const shown = `ref finding before { __typename headline } after { __typename headline }
  changes { path before after } revisions { action reason report { ref } }`
const ask = async (api: Api, given: string) =>
  (await api.ask(`{ changes(${given}) { totalCount nodes { ${shown} } } }`)).changes

describe('what was learnt between two moments', () => {
  let api: Api
  beforeAll(async () => {
    api = await openSeededApi()
  })
  afterAll(() => api[Symbol.asyncDispose]())

  it('What was learnt on 13 December 2023? (that the exchange had been carried out)', async () => {
    const file = new URL('../../src/transport/questions/09-learnt-on-13-december.graphql', import.meta.url)
    const { changes } = await api.ask(readFileSync(file, 'utf8'))
    expect(changes.totalCount).toBe(changes.nodes.length)
    const swap = changes.nodes.find(({ ref }: Told) => ref === 'exchange-32-2')
    expect(swap).toMatchObject({ finding: 'LEARNT', before: { status: 'AGREED' }, after: { status: 'CARRIED_OUT' } })
    expect(swap.changes).toContainEqual({ path: 'status', before: 'AGREED', after: 'CARRIED_OUT' })
    expect(swap.revisions.map(({ report }: Told['revisions'][number]) => report?.ref)).toEqual([
      'exchange-report-2023-12-13',
    ])
    // Told of that day for the first time.
    const fresh = changes.nodes.filter(({ before }: Told) => before === null).map(({ ref }: Told) => ref)
    expect(fresh.sort()).toEqual([
      'commission-statement',
      'pashinyan-list',
      'powers-welcome',
      'separatist-leaders-detained',
      'yerevan-55-held',
    ])
    // Another report had told it, and this one has nothing of it.
    expect(changes.nodes.map(({ ref }: Told) => ref)).not.toContain('brussels-may')
  })

  it('is what `asOf` shows at the one and at the other, whatever the order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, fc.constantFrom('07', '09', '11'), async ({ one }, day) => {
        await using generated = await openApi()
        for (const dispatch of one) await generated.record.ingest(dispatch)
        const [from, to] = [`2023-12-${day}T12:00:00Z`, '2023-12-14T12:00:00Z']
        const at = async (asOf: string): Promise<[string, string][]> => {
          const list = `developments(first: 100, asOf: "${asOf}") { nodes { ref headline revision { position } } }`
          return (await generated.ask(`{ ${list} }`)).developments.nodes.map((d: Shown) => [
            d.ref,
            `${d.revision.position}`,
          ])
        }
        const [before, after] = [new Map(await at(from)), new Map(await at(to))]
        const expected = [...after].filter(([ref, position]) => before.get(ref) !== position).map(([ref]) => ref)
        const { nodes } = await ask(generated, `from: "${from}", to: "${to}", first: 100`)
        expect(nodes.map(({ ref }: Told) => ref).sort()).toEqual(expected.sort())
        for (const { ref, before: was, changes } of nodes as Told[]) {
          expect([ref, was === null]).toEqual([ref, !before.has(ref)])
          expect(changes.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
  }, 120_000)

  it('comes in pages without a gap', async () => {
    const given = 'from: "2023-12-01T00:00:00Z"'
    const all = (await ask(api, `${given}, first: 100`)).nodes.map(({ ref }: Told) => ref)
    const read: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page: Page = (
        await api.ask(
          `query ($after: String) { changes(${given}, first: 7, after: $after) { nodes { ref } pageInfo { hasNextPage endCursor } } }`,
          { after },
        )
      ).changes
      read.push(...page.nodes.map(({ ref }) => ref))
      after = page.pageInfo.endCursor
      more = page.pageInfo.hasNextPage
    }
    expect(all.length).toBeGreaterThan(20)
    expect(read).toEqual(all)
  })

  it.each([
    ['to: "2023-12-01T00:00:00Z"', 'to: must be later than `from`, got "2023-12-01T00:00:00.000Z"'],
    ['last: 3', 'last: must be left out: changes are read forwards, got 3'],
    ['first: 101', 'first: must be from 0 to 100, got 101'],
  ])('is refused with %s, and says why', async (given, message) => {
    expect(await api.refused(`{ changes(from: "2023-12-08T00:00:00Z", ${given}) { totalCount } }`)).toEqual([message])
  })
})

describe('what was done to the record between two moments', () => {
  const on = (day: string) => new Date(`2024-02-${day}T12:00:00Z`)
  const recorded = (from: string, to?: string) =>
    `by: RECORDED, from: "2024-02-${from}T18:00:00Z"${to ? `, to: "2024-02-${to}T18:00:00Z"` : ''}`
  let api: Api
  beforeAll(async () => {
    api = await openApi()
    const { record } = api
    const agreed = exchange({ status: 'AGREED', on: '2023-12-07' })
    await record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, agreed), on('01'))
    const done = exchange({ status: 'CARRIED_OUT', on: '2023-12-13', place: 'bridge' })
    await record.ingest(dispatchOf({ id: 'r2', outlet: 'gazette', on: '2023-12-13' }, done), on('03'))
    const basis = 'OUR_MISTAKE'
    await record.write(
      (pen) => correct(pen, readCorrection({ ref: 'swap', basis, reason: 'Misread', headline: 'Swap' })),
      on('05'),
    )
    await record.write((pen) => retract(pen, readWithdrawal({ ref: 'swap', reason: 'A hoax' })), on('07'))
    await record.write((pen) => reinstate(pen, readWithdrawal({ ref: 'swap', reason: 'True' })), on('09'))
  })
  afterAll(() => api[Symbol.asyncDispose]())

  it('is learnt, corrected or given back, each with its reason and its report', async () => {
    const told = async (from: string, to?: string) => (await ask(api, recorded(from, to))).nodes as Told[]
    const [learnt] = await told('02', '04')
    expect(learnt).toMatchObject({
      finding: 'LEARNT',
      before: { headline: 'Prisoner exchange agreed' },
      after: { headline: 'Prisoners exchanged' },
    })
    expect(learnt?.changes).toContainEqual({ path: 'place', before: null, after: 'bridge' })
    expect(learnt?.revisions).toEqual([{ action: 'AMENDED', reason: null, report: { ref: 'r2' } }])
    const [corrected] = await told('04', '06')
    expect(corrected).toMatchObject({ finding: 'CORRECTED', after: { headline: 'Swap' } })
    expect(corrected?.changes).toEqual([{ path: 'headline', before: 'Prisoners exchanged', after: 'Swap' }])
    expect((await told('08')).map(({ finding }) => finding)).toEqual(['GIVEN_BACK'])
    expect(await told('10')).toEqual([])
    expect(await told('05', '06')).toEqual([])
  })

  it('of what is withdrawn shows the tombstone, and nothing of what it said', async () => {
    await using withdrawn = await openApi()
    const agreed = exchange({ status: 'AGREED', on: '2023-12-07' })
    await withdrawn.record.ingest(dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, agreed), on('01'))
    await withdrawn.record.write((pen) => retract(pen, readWithdrawal({ ref: 'swap', reason: 'A hoax' })), on('07'))
    const tombstone = { __typename: 'Tombstone', headline: 'Retracted' }
    expect((await ask(withdrawn, recorded('02'))).nodes).toEqual([
      {
        ...{ ref: 'swap', finding: 'WITHDRAWN', before: null, after: tombstone, changes: [] },
        revisions: [{ action: 'RETRACTED', reason: 'A hoax', report: null }],
      },
    ])
    expect((await ask(withdrawn, 'from: "2023-12-01T00:00:00Z"')).nodes).toEqual([])
  })

  it('is told also where only an earlier time was rewritten', async () => {
    await using late = await openApi()
    const done = exchange({ status: 'CARRIED_OUT', on: '2023-12-13' })
    await late.record.ingest(dispatchOf({ id: 'r2', outlet: 'gazette', on: '2023-12-13' }, done), on('01'))
    await late.record.ingest(
      dispatchOf({ id: 'r1', outlet: 'wire', on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07' })),
      on('03'),
    )
    const { nodes } = await ask(late, recorded('02'))
    expect(nodes.map(({ revisions }: Told) => revisions.map(({ action }) => action))).toEqual([
      ['BACKDATED', 'AMENDED'],
    ])
  })
})

describe('the versions of a development', () => {
  it('come in pages', async () => {
    await using api = await openApi()
    for (const [i, outlet] of ['wire', 'gazette'].entries()) {
      const told = exchange({ status: 'AGREED', on: '2023-12-07', count: 30 + i })
      await api.record.ingest(dispatchOf({ id: `r${i}`, outlet, on: `2023-12-0${7 + i}` }, told))
    }
    const page = (after: string | null) =>
      api.ask(
        'query ($after: String) { development(ref: "swap") { history(first: 1, after: $after) { nodes { number } pageInfo { endCursor hasNextPage } } } }',
        { after },
      )
    const first = (await page(null)).development.history
    expect(first).toMatchObject({ nodes: [{ number: 1 }], pageInfo: { hasNextPage: true } })
    const second = (await page(first.pageInfo.endCursor)).development.history
    expect(second).toMatchObject({ nodes: [{ number: 2 }], pageInfo: { hasNextPage: false } })
  })
})

interface Told {
  readonly ref: string
  readonly finding: string
  readonly before: { readonly headline: string } | null
  readonly changes: readonly object[]
  readonly revisions: readonly { readonly action: string; readonly report: { readonly ref: string } | null }[]
}
interface Shown {
  readonly ref: string
  readonly revision: { readonly position: number }
}
interface Page {
  readonly nodes: readonly { readonly ref: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
}
