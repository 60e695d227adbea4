import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openSeededApi } from '../support/api.ts'
import { type Mending, mendingOf } from '../support/mending.ts'

const all = `developments(first: 100) { totalCount nodes {
  ref headline summary status reportCount independentSourceCount citations { key } links { type development { ref } }
  participants { role actor { ref } } claims { aspect key text standing rank } disagreements { aspect key relation }
} }`

/** Pashinyan's list and his quoted post: told by one report each; the seed holds them apart. */
describe('two developments of the seed, merged and split back', () => {
  let api: Api
  let desk: Mending
  let before: unknown
  beforeAll(async () => {
    api = await openSeededApi()
    desk = mendingOf(api.record)
    before = await api.ask(`{ ${all} }`)
    await desk.merge('pashinyan-facebook', 'pashinyan-list')
  })
  afterAll(() => api[Symbol.asyncDispose]())

  it('are one with the evidence of both reports, of which that of the 13th was known first', async () => {
    const shown = '{ ref reportCount independentSourceCount citations { report { ref } } }'
    const { now, old, then, list } = await api
      .ask(`{
      now: development(ref: "pashinyan-list") ${shown} old: development(ref: "pashinyan-facebook") ${shown}
      list: developments { totalCount }
    }`)
      .then(async (found) => ({
        ...found,
        ...(await api.ask(
          `{ then: development(ref: "pashinyan-facebook", asOf: "2023-12-13T23:59:59.999Z") ${shown} }`,
        )),
      }))
    expect(now).toMatchObject({ ref: 'pashinyan-list', reportCount: 2, independentSourceCount: 2 })
    expect(old).toEqual(now)
    expect(new Set(now.citations.map((c: { report: { ref: string } }) => c.report.ref))).toEqual(
      new Set(['exchange-report-2023-12-13', 'exchange-retelling-2023-12-14']),
    )
    expect(then).toMatchObject({ ref: 'pashinyan-list', reportCount: 1 })
    expect(list.totalCount).toBe(31)
  })

  it('are again what they were when they are split', async () => {
    await desk.split({ from: 'pashinyan-list', ref: 'pashinyan-facebook' })
    expect(await api.ask(`{ ${all} }`)).toEqual(before)
  })
})

describe('the seed without the exchange report of 13 December', () => {
  let api: Api
  beforeAll(async () => {
    api = await openSeededApi()
    await mendingOf(api.record).retractReport('exchange-report-2023-12-13')
  })
  afterAll(() => api[Symbol.asyncDispose]())

  it('has lost the list that only it told, and nothing else', async () => {
    const { list, developments } = await api.ask(
      '{ list: development(ref: "pashinyan-list") { __typename ... on Tombstone { reason mergedInto } } developments { totalCount } }',
    )
    expect(list).toEqual({ __typename: 'Tombstone', reason: 'The desk says so', mergedInto: null })
    expect(developments.totalCount).toBe(31)
  })

  it('still has the exchange carried out, 32 for two, by the retelling; its rounder number stays, deprecated', async () => {
    const { swap } = await api.ask(`{ swap: development(ref: "exchange-32-2") {
      status reportCount ... on Exchange { legs { key count { best } } }
      claims(aspect: [FIGURE], key: "leg/from-azerbaijan") {
        text rank rankReason standing claimant { ref } citation { report { ref retraction { reason } } }
      }
    } }`)
    expect(swap).toMatchObject({ status: 'CARRIED_OUT', reportCount: 4 })
    expect(swap.legs.map((l: { count: { best: number } }) => l.count.best).sort()).toEqual([2, 32])
    const retracted = swap.claims.filter((c: Claimed) => c.citation.report.retraction !== null)
    expect(retracted.map((c: Claimed) => c.claimant?.ref)).toContain('azerbaijan')
    for (const claim of retracted) {
      expect(claim).toMatchObject({
        ...{ rank: 'DEPRECATED', rankReason: 'The desk says so', standing: false },
        citation: { report: { ref: 'exchange-report-2023-12-13' } },
      })
    }
  })

  it('no longer disagrees over what only the two had told differently', async () => {
    // The commission's sentence differs between this report and the retelling; STALLED is told by this one alone.
    const { commission, track } = await api.ask(`{
      commission: development(ref: "commission-statement") { reportCount disagreements { aspect } }
      track: development(ref: "normalisation-track") { reportCount status disagreements { aspect } }
    }`)
    expect(commission).toEqual({ reportCount: 1, disagreements: [] })
    expect(track).toMatchObject({ reportCount: 1, status: 'ONGOING' })
    expect(track.disagreements.map((d: { aspect: string }) => d.aspect)).not.toContain('STATUS')
  })

  it('as of the 13th does not know the exchange carried out: the retelling came a day later', async () => {
    const at = async (asOf: string) =>
      (
        await api.ask('query ($asOf: DateTime!) { development(ref: "exchange-32-2", asOf: $asOf) { status } }', {
          asOf,
        })
      ).development.status
    expect(await at('2023-12-13T23:59:59.999Z')).toBe('AGREED')
    expect(await at('2023-12-14T23:59:59.999Z')).toBe('CARRIED_OUT')
  })

  it('has of those who fled what the other two tell: over 100,000, and most of 120,000', async () => {
    const { displacement } = await api.ask(`{ displacement: development(ref: "displacement") {
      reportCount claims(aspect: [FIGURE], key: "DISPLACED") { text rank standing citation { report { ref } } }
    } }`)
    expect(displacement.reportCount).toBe(2)
    const told = displacement.claims.map((c: Claimed) => [c.citation.report.ref, c.text, c.rank])
    expect(told).toEqual([
      ['bbc-copy-2023-12-08', 'more than 100,000', 'NORMAL'],
      ['exchange-report-2023-12-13', 'more than 100,000', 'DEPRECATED'],
      ['exchange-report-2023-12-13', 'at least 20,000', 'DEPRECATED'],
      ['exchange-retelling-2023-12-14', 'most of 120,000', 'NORMAL'],
    ])
  })
})

interface Claimed {
  readonly text: string
  readonly rank: string
  readonly claimant: { readonly ref: string } | null
  readonly citation: { readonly report: { readonly ref: string; readonly retraction: object | null } }
}
