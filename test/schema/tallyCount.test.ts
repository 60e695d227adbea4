import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TimeBucket, timeBuckets } from '../../src/domain/bucket.ts'
import type { Facets } from '../../src/domain/facets.ts'
import { type TallyDimension, tallyDimensions } from '../../src/domain/tally.ts'
import { type Api, openApi } from '../support/api.ts'
import { arrivals, type Generated } from '../support/generated.ts'
import { openRecord } from '../support/record.ts'
import { dispatchOf } from '../support/sample.ts'

// What the database counts, against a count that a reader would make by hand: one development after the other.

const date = (earliest: string | null, latest: string | null, precision = 'RANGE') => ({ earliest, latest, precision })
const dates = [
  date('2023-12-01', '2023-12-01', 'DAY'),
  date('2023-11-30', '2023-12-01'),
  date('2023-11-27', '2023-12-03', 'WEEK'),
  date('2023-11-01', '2023-11-30', 'MONTH'),
  date('2023-10-01', '2023-12-31'),
  date('2024-01-01', '2024-12-31', 'YEAR'),
  date('2020-01-01', '2029-12-31', 'DECADE'),
  date(null, '2023-12-03'),
  date('2023-10-15', null),
  undefined,
]

/** Tells of a development for each of the dates, so that every way to be counted occurs in every record. */
const ofEachDate = dispatchOf(
  { id: 'dates', outlet: 'wire', on: '2023-12-07' },
  ...dates.map((when, i) => ({
    ...{ ref: `dated-${i}`, kind: 'STATEMENT', act: 'REMARK', headline: 'A remark', when },
    citations: [{ locator: 'lead' }],
  })),
)

/** The dispatches with other dates, and with developments of their own instead of a few that all of them tell of. */
const told = fc
  .tuple(arrivals, fc.array(fc.constantFrom(...dates), { minLength: 18, maxLength: 18 }))
  .map(([{ one }, whens]) => {
    let next = 0
    return one.map((dispatch, i) => ({
      ...dispatch,
      developments: (dispatch as unknown as { developments: { ref: string }[] }).developments.map((development) => ({
        ...{ ...development, milestones: undefined, links: [], ref: `${development.ref}-${i % 3}` },
        when: whens[next++ % whens.length],
      })),
    }))
  })
  .map((dispatches) => JSON.parse(JSON.stringify(dispatches)) as Generated[])

const question = fc.record({
  by: fc.subarray([...tallyDimensions], { maxLength: 2 }),
  bucket: fc.constantFrom(...timeBuckets),
})

describe('a tally', () => {
  it('counts what a count by hand finds, in every bucket and group, and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(told, fc.array(question, { minLength: 10, maxLength: 10 }), async (dispatches, questions) => {
        await using api = await openApi(await openRecord())
        for (const dispatch of [ofEachDate, ...dispatches]) await api.record.ingest(dispatch)
        const all = await facetsOf(api)
        for (const { by, bucket } of questions) {
          const { tally } = await api.ask(asked, { by, bucket })
          const whole = byHand(all, bucket)
          expect(counts(tally)).toEqual(whole)
          expect(tally.total).toBe(all.length)
          expect(Object.fromEntries(tally.groups.map((g: Group) => [nameOf(by, g), counts(g)]))).toEqual(
            groupsByHand(all, by, bucket),
          )
          expectNoGap(tally.buckets)
          expect(Math.min(sum(whole.certain), sum(whole.uncertain), whole.undated)).toBeGreaterThan(0)
        }
      }),
      { numRuns: 4, endOnFailure: true },
    )
  }, 120_000)
})

const timeline = 'buckets { label start end count } uncertain { first last count } undatedCount'
const asked = `query ($by: [TallyDimension!]!, $bucket: TimeBucket!) {
  tally(by: $by, bucket: $bucket) {
    total ${timeline}
    groups { kind status mediator { ref } actor { ref } outlet { ref } ${timeline} }
  }
}`

async function facetsOf({ record: { database } }: Api): Promise<Facets[]> {
  const rows = await database.prisma.revision.findMany({ where: { supersededBy: null }, select: { facets: true } })
  return rows.map(({ facets }) => facets as unknown as Facets)
}

interface Counts {
  readonly certain: { [label: string]: number }
  readonly uncertain: { [span: string]: number }
  readonly undated: number
}

function byHand(developments: readonly Facets[], bucket: TimeBucket): Counts {
  const [certain, uncertain] = [{} as Counts['certain'], {} as Counts['uncertain']]
  let undated = 0
  for (const { earliest, latest } of developments) {
    const [first, last] = [earliest && labelByHand(bucket, earliest), latest && labelByHand(bucket, latest)]
    if (first === null && last === null) undated++
    else if (first !== null && first === last) certain[first] = (certain[first] ?? 0) + 1
    else uncertain[`${first}..${last}`] = (uncertain[`${first}..${last}`] ?? 0) + 1
  }
  return { certain, uncertain, undated }
}

function groupsByHand(developments: readonly Facets[], by: readonly TallyDimension[], bucket: TimeBucket) {
  if (by.length === 0) return {}
  const groups: { [name: string]: Facets[] } = {}
  for (const development of developments) {
    const [first, second] = by.map((dimension) => valuesByHand(development, dimension))
    for (const one of first ?? []) {
      for (const other of second ?? [undefined]) {
        const name = [one, ...(other === undefined ? [] : [other])].join()
        groups[name] = [...(groups[name] ?? []), development]
      }
    }
  }
  return Object.fromEntries(Object.entries(groups).map(([name, list]) => [name, byHand(list, bucket)]))
}

function valuesByHand({ kind, status, actors, outlets }: Facets, dimension: TallyDimension): string[] {
  const named = (list: (string | null)[]) => {
    const found = new Set(list.filter((value) => value !== null))
    return found.size === 0 ? ['-'] : [...found]
  }
  if (dimension === 'KIND') return [kind]
  if (dimension === 'STATUS') return named([status])
  if (dimension === 'OUTLET') return named([...outlets])
  const taking = dimension === 'ACTOR' ? actors : actors.filter(({ role }) => role === 'MEDIATOR')
  return named(taking.flatMap(({ id, onBehalfOf }) => [id, onBehalfOf]))
}

function labelByHand(bucket: TimeBucket, moment: string): string {
  const [year, month] = [moment.slice(0, 4), Number(moment.slice(5, 7))]
  if (bucket === 'YEAR') return year
  if (bucket === 'QUARTER') return `${year}-Q${month < 4 ? 1 : month < 7 ? 2 : month < 10 ? 3 : 4}`
  if (bucket === 'MONTH') return moment.slice(0, 7)
  if (bucket === 'DAY') return moment.slice(0, 10)
  // ISO 8601: the week with the year's 4 January is its first.
  const day = new Date(`${moment.slice(0, 10)}T00:00:00Z`)
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() - 1)
  for (let of = Number(year) + 1; ; of--) {
    const monday = new Date(`${of}-01-04T00:00:00Z`)
    while (monday.getUTCDay() !== 1) monday.setUTCDate(monday.getUTCDate() - 1)
    let week = 1
    for (; monday < day; week++) monday.setUTCDate(monday.getUTCDate() + 7)
    if (monday.getTime() === day.getTime()) return `${of}-W${String(week).padStart(2, '0')}`
  }
}

interface Timeline {
  readonly buckets: readonly {
    readonly label: string
    readonly start: string
    readonly end: string
    readonly count: number
  }[]
  readonly uncertain: readonly { readonly first: string | null; readonly last: string | null; readonly count: number }[]
  readonly undatedCount: number
}
type Ref = { readonly ref: string } | null
interface Group extends Timeline {
  readonly kind: string | null
  readonly status: string | null
  readonly mediator: Ref
  readonly actor: Ref
  readonly outlet: Ref
}

function counts({ buckets, uncertain, undatedCount }: Timeline): Counts {
  return {
    certain: Object.fromEntries(buckets.filter(({ count }) => count > 0).map(({ label, count }) => [label, count])),
    uncertain: Object.fromEntries(uncertain.map(({ first, last, count }) => [`${first}..${last}`, count])),
    undated: undatedCount,
  }
}

function nameOf(by: readonly TallyDimension[], { kind, status, mediator, actor, outlet }: Group): string {
  const values = { KIND: kind, STATUS: status, MEDIATOR: mediator?.ref, ACTOR: actor?.ref, OUTLET: outlet?.ref }
  return by.map((dimension) => values[dimension] ?? '-').join()
}

/** Every bucket begins on the day after the one before it, and something is counted in the first and the last. */
function expectNoGap(buckets: Timeline['buckets']): void {
  const starts = buckets.slice(1).map(({ start }) => Date.parse(start))
  expect(starts).toEqual(buckets.slice(0, -1).map(({ end }) => Date.parse(end) + 86_400_000))
  expect([buckets[0]?.count, buckets.at(-1)?.count]).not.toContain(0)
}

function sum(of: { [name: string]: number }): number {
  return Object.values(of).reduce((total, count) => total + count, 0)
}
