import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, openSeededApi } from '../support/api.ts'
import { caughtUp, recordStatements } from '../support/statements.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const tally = async (args: string, fields: string) => (await api.ask(`{ tally(${args}) { ${fields} } }`)).tally
const counted = ({ buckets }: Timeline) => buckets.map(({ label, count }) => [label, count])
const positive = (timeline: Timeline) => counted(timeline).filter(([, count]) => count !== 0)

describe('the tally of the five reports', () => {
  it('How much of what kind happened in each month since the offensive?', async () => {
    const file = new URL('../../src/transport/questions/11-tally-by-month-and-kind.graphql', import.meta.url)
    const answer = (await api.ask(readFileSync(file, 'utf8'))).tally
    expect(counted(answer)).toEqual([
      ['2023-09', 3],
      ['2023-10', 2],
      ['2023-11', 2],
      ['2023-12', 11],
    ])
    // Not after the day of a report, without a first day: four statements' and talks' dates are no better than that.
    expect(answer.uncertain).toEqual([
      { first: null, last: '2023-12', count: 6 },
      { first: '2023-09', last: '2023-11', count: 1 },
      { first: '2023-09', last: null, count: 1 },
    ])
    expect(answer).toMatchObject({ total: 28, undatedCount: 2 })
    const told = answer.groups.map((group: Group) => [
      group.kind,
      group.count,
      ...group.buckets.map(({ count }) => count),
      ...[group.uncertainCount, group.undatedCount],
    ])
    expect(told).toEqual([
      ['STATEMENT', 10, 0, 0, 1, 6, 3, 0],
      ['TALK', 8, 0, 2, 1, 0, 3, 2],
      ['PLEDGE', 5, 1, 0, 0, 4, 0, 0],
      ['INCIDENT', 4, 2, 0, 0, 0, 2, 0],
      ['EXCHANGE', 1, 0, 0, 0, 1, 0, 0],
    ])
  })

  it('has the refusal of Spain, which is told of October, in its month but in no day or week', async () => {
    const spain = 'filter: { status: [CANCELLED], mediator: ["Macron"] }'
    const fields = 'buckets { label count } uncertain { first last start end count } uncertainCount'
    for (const [bucket, label] of Object.entries({ MONTH: '2023-10', QUARTER: '2023-Q4', YEAR: '2023' })) {
      expect(await tally(`bucket: ${bucket}, ${spain}`, fields)).toEqual({
        ...{ buckets: [{ label, count: 1 }], uncertain: [], uncertainCount: 0 },
      })
    }
    const days = await tally(`bucket: DAY, ${spain}`, fields)
    const within = { first: '2023-10-01', last: '2023-10-31', start: '2023-10-01', end: '2023-10-31', count: 1 }
    expect(days).toEqual({ buckets: [], uncertain: [within], uncertainCount: 1 })
    const weeks = await tally(`bucket: WEEK, ${spain}, from: "2023-10-01", to: "2023-10-31"`, fields)
    expect(counted(weeks).map(([label]) => label)).toEqual([39, 40, 41, 42, 43, 44].map((week) => `2023-W${week}`))
    expect(positive(weeks)).toEqual([])
    expect(weeks.uncertain).toEqual([
      { first: '2023-W39', last: '2023-W44', start: '2023-09-25', end: '2023-11-05', count: 1 },
    ])
  })

  it('has a day for each that a report dates to the day, and the days between', async () => {
    const days = await tally('bucket: DAY, from: "2023-09-19", to: "2023-12-13"', 'buckets { label count }')
    expect(days.buckets).toHaveLength(86)
    expect(positive(days)).toEqual([
      ['2023-09-19', 1],
      ['2023-09-20', 2],
      ['2023-11-20', 1],
      ['2023-12-07', 5],
      ['2023-12-13', 2],
    ])
  })

  it('counts what several mediate once for each of them, and once in all', async () => {
    const { total, groups } = await tally(
      'by: [MEDIATOR, STATUS], filter: { kind: [TALK] }',
      'total groups { mediator { ref } status count }',
    )
    const mediated = groups.filter((group: Group) => group.mediator !== null)
    expect(mediated.map((group: Group) => [group.mediator?.ref, group.status, group.count])).toEqual([
      ['eu', 'CANCELLED', 1],
      ['eu', 'HELD', 1],
      ['eu', 'STALLED', 1],
      ['france', 'CANCELLED', 1],
      ['germany', 'CANCELLED', 1],
      ['macron', 'CANCELLED', 1],
      ['michel', 'CANCELLED', 1],
      ['michel', 'HELD', 1],
      ['russia', 'HELD', 1],
      ['russia', 'STALLED', 1],
      ['scholz', 'CANCELLED', 1],
      ['us', 'HELD', 1],
      ['us', 'STALLED', 1],
    ])
    // Three talks are mediated, six are not.
    expect(total).toBe(9)
    expect(groups.filter((group: Group) => group.mediator === null).map((g: Group) => g.count)).toEqual([3, 1, 1, 1])
  })

  it.each([
    ['MEDIATOR', 'mediator', (ref: string) => `mediator: ["${ref}"]`],
    ['ACTOR', 'actor', (ref: string) => `actor: [{ actor: "${ref}" }]`],
    ['OUTLET', 'outlet', (ref: string) => `outlet: ["${ref}"]`],
  ])('has in each group by %s just what the filter of its %s lets pass', async (dimension, field, filter) => {
    const { groups } = await tally(`by: [${dimension}]`, `groups { value: ${field} { ref } count }`)
    const named = groups.filter((group: { value: unknown }) => group.value !== null)
    expect(named.length).toBeGreaterThan(1)
    for (const { value, count } of named) {
      const { developments } = await api.ask(`{ developments(filter: { ${filter(value.ref)} }) { totalCount } }`)
      expect([value.ref, developments.totalCount]).toEqual([value.ref, count])
    }
  })

  it('is read from a viewpoint, and can be asked of a process', async () => {
    const before = await tally(
      'asOf: "2023-12-10T00:00:00Z", by: [STATUS], filter: { kind: [EXCHANGE] }',
      'groups { status }',
    )
    expect(before.groups).toEqual([{ status: 'AGREED' }])
    const { process } = await api.ask(
      '{ process(ref: "armenia-azerbaijan") { tally(bucket: YEAR, from: "2022-06-01") { total buckets { label count } } } }',
    )
    expect(process.tally).toEqual({
      total: 29,
      buckets: [
        { label: '2022', count: 0 },
        { label: '2023', count: 20 },
      ],
    })
  })

  it('of nothing has no buckets, or those that were asked for', async () => {
    const nothing = 'filter: { kind: [AGREEMENT] }, by: [KIND], bucket: MONTH'
    const fields = 'total groups { kind } buckets { label count } uncertain { count } undatedCount'
    const empty = { total: 0, groups: [], buckets: [], uncertain: [], undatedCount: 0 }
    expect(await tally(nothing, fields)).toEqual(empty)
    const asked = await tally(`${nothing}, from: "2023-11-30", to: "2023-12-01"`, fields)
    const buckets = ['2023-11', '2023-12'].map((label) => ({ label, count: 0 }))
    expect(asked).toEqual({ ...empty, buckets })
  })

  it('is one statement, and one more for the names of its groups', async () => {
    await caughtUp(api)
    const sent = recordStatements()
    await tally(
      'by: [MEDIATOR, KIND], bucket: DAY, from: "2023-09-01"',
      'total groups { mediator { name } buckets { count } }',
    )
    // The head, the tally, the mediators.
    expect(sent.length).toBe(3)
  })

  it.each([
    [
      'bucket: DAY, from: "1991-01-01", to: "2023-12-31"',
      'bucket: makes 12053 buckets, from 1991-01-01 to 2023-12-31, and may make at most 1000: choose a coarser one, or narrow `from` and `to`, got "DAY"',
    ],
    [
      'bucket: WEEK, from: "1990-01-01"',
      'bucket: makes 1772 buckets, from 1990-W01 to 2023-W50, and may make at most 1000: choose a coarser one, or narrow `from` and `to`, got "WEEK"',
    ],
    [
      'to: "2023-12-31"',
      'to: must be given together with `bucket`; for counts without a timeline use `filter.when`, got "2023-12-31"',
    ],
    ['bucket: DAY, from: "2023-12-02", to: "2023-12-01"', 'to: must not lie before `from`, got "2023-12-01"'],
    ['by: [KIND, STATUS, KIND]', 'by: must name each dimension once, got ["KIND","STATUS","KIND"]'],
    [
      'by: [ACTOR, KIND, OUTLET], bucket: DAY, from: "2021-06-01", to: "2023-12-31"',
      expect.stringMatching(
        /^by: makes \d+ groups of 944 buckets each, and may make at most 50000 counts: narrow `filter`, choose a coarser `bucket` or name fewer dimensions, got \["ACTOR","KIND","OUTLET"\]$/,
      ),
    ],
  ])('refuses what makes no timeline, or too long a one: %s', async (args, message) => {
    expect(await api.refused(`{ tally(${args}) { total } }`)).toEqual([message])
  })
})

interface Timeline {
  readonly buckets: readonly { readonly label: string; readonly count: number }[]
}
interface Group extends Timeline {
  readonly kind: string
  readonly status: string
  readonly mediator: { readonly ref: string } | null
  readonly count: number
  readonly uncertainCount: number
  readonly undatedCount: number
}
