import fc from 'fast-check'
import { day } from './sample.ts'

// Dispatches about a few developments, made so that they meet: reports of the same day, two dispatches of one report,
// values that differ, refine, deny or repeat each other. Actors and places are named by their ids and every passage by
// its key, so that a dispatch reads the same before and after names are resolved.

const days = ['2023-12-04', '2023-12-05', '2023-12-06', '2023-12-07']
const date = fc.constantFrom(...days)
const actor = fc.constantFrom('north', 'south', 'envoy')

const published = fc.oneof(
  date.map(day),
  // Known together with the reports of its last day, but possibly published earlier.
  date.map((earliest) => ({ earliest, latest: '2023-12-07', precision: 'RANGE' })),
)

/** A report but for its id. */
export const report = fc.record({ outlet: fc.constantFrom('wire', 'gazette', undefined), published })

const passage = fc.record({
  stance: fc.constantFrom('ASSERTS', 'ASSERTS', 'ASSERTS', 'DENIES'),
  origin: fc.constantFrom('agency', undefined),
  attributedTo: fc.option(actor, { nil: undefined }),
  locator: fc.constantFrom('lead', 'end'),
})

const when = fc.constantFrom(
  day('2023-12-01'),
  day('2023-12-02'),
  { earliest: '2023-11-27', latest: '2023-12-03', precision: 'WEEK' },
  { earliest: '2023-12-01', latest: '2023-12-31', precision: 'MONTH' },
  undefined,
)

const figure = fc.record({
  best: fc.integer({ min: 30, max: 33 }),
  qualifier: fc.constantFrom('EXACT', 'ABOUT', 'AT_LEAST'),
})

const role = fc.constantFrom('PARTY', 'MEDIATOR')
const appearance = fc.oneof(
  fc.record({ actor, role }),
  fc.constant({ actor: 'premier', role: 'PARTY', onBehalfOf: 'north' }),
  fc.constant({ actor: 'north', role: 'PARTY', anonymous: true }),
)

/** What every kind's account has. */
export const common = fc.record({
  headline: fc.constantFrom('One way to put it', 'Another way to put it'),
  summary: fc.constantFrom('Short.', undefined),
  citations: fc
    .array(passage, { minLength: 1, maxLength: 2 })
    .map((passages) => passages.map((p, i) => ({ key: `c${i + 1}`, ...p }))),
  when,
  place: fc.constantFrom('border', 'bridge', undefined),
  participants: fc.array(appearance, { maxLength: 3 }),
})

function milestones(...statuses: string[]) {
  return fc.array(fc.record({ status: fc.constantFrom(...statuses), when }), { maxLength: 2 })
}

const exchange = fc.record({
  kind: fc.constant('EXCHANGE'),
  milestones: milestones('AGREED', 'SCHEDULED', 'CARRIED_OUT', 'CANCELLED'),
  legs: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom('there', 'back'),
      releasedBy: actor,
      receivedBy: actor,
      count: fc.option(figure, { nil: undefined }),
      category: fc.constantFrom('soldiers', 'civilians', undefined),
      persons: fc.subarray(['A. One', 'B. Two/Three']),
    }),
    { selector: (leg) => leg.key, maxLength: 2 },
  ),
})

const talk = fc.record({
  kind: fc.constant('TALK'),
  extent: fc.constantFrom('MEETING', 'ROUND'),
  level: fc.constantFrom('LEADERS', 'MINISTERS', undefined),
  milestones: milestones('SCHEDULED', 'POSTPONED', 'HELD', 'CANCELLED'),
  invitations: fc.array(
    fc.record({
      invitee: actor,
      response: fc.constantFrom('NO_ANSWER', 'CONDITIONAL', 'ACCEPTED', 'DECLINED', 'WITHDREW'),
      reason: fc.constantFrom('No trust.', 'No time.', undefined),
    }),
    { maxLength: 2 },
  ),
})

const incident = fc.record({
  kind: fc.constant('INCIDENT'),
  type: fc.constantFrom('ASSAULT', 'HOSTILITIES'),
  standing: fc.constantFrom('REPORTED', 'CLAIMED'),
  figures: fc.array(
    figure.map((f) => ({ measure: 'KILLED', ...f })),
    { maxLength: 2 },
  ),
})

/** Accounts of one to three developments; the first tells of the others, where there are any. */
const developments = fc
  .tuple(
    ...[exchange, talk, incident].map((kind, i) =>
      fc.option(
        fc.tuple(common, kind).map(([c, k]) => ({ ref: ['swap', 'meeting', 'clash'][i] as string, ...c, ...k })),
        { nil: undefined },
      ),
    ),
  )
  .map((some) => some.filter((d) => d !== undefined))
  .filter((some) => some.length > 0)
  .map(([first, ...others]) => [
    { ...first, links: others.map(({ ref }) => ({ type: 'FOLLOWS', to: ref })) },
    ...others,
  ])

/** A dispatch as it stands in a file. */
export type Generated = { readonly report: { readonly id: string } } & object

/** Several dispatches in an order of arrival, and the same ones in another. */
export const arrivals: fc.Arbitrary<{ one: Generated[]; other: Generated[] }> = fc
  .array(report, { minLength: 2, maxLength: 4 })
  .chain((reports) =>
    fc.array(
      fc.tuple(fc.nat({ max: reports.length - 1 }), developments).map(([i, told]) => ({
        process: 'north-south',
        report: { id: `r${i}`, ...reports[i] },
        developments: told,
      })),
      { minLength: 2, maxLength: 6 },
    ),
  )
  // What is undefined would not stand in a file.
  .map((dispatches) => JSON.parse(JSON.stringify(dispatches)) as Generated[])
  .chain((one) => fc.shuffledSubarray(one, { minLength: one.length }).map((other) => ({ one, other })))
