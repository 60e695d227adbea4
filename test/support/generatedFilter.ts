import fc from 'fast-check'
import { aspects, relations } from '../../src/domain/claim.ts'
import { type Filter, windowMatches } from '../../src/domain/filter.ts'
import { kinds } from '../../src/domain/kind.ts'
import { linkTypes } from '../../src/domain/link.ts'
import { statuses } from '../../src/domain/status.ts'
import { precisions } from '../../src/domain/when.ts'
import { common, type Generated, report } from './generated.ts'
import { processDocument } from './sample.ts'

/** The sample process, its places on the map: around the 180th meridian, at a pole, in and around a country. */
export const mappedProcess = {
  ...processDocument,
  places: [
    { id: 'region', name: 'The region', country: 'AM', precision: 4 },
    { id: 'border', name: 'The border', within: 'region' },
    { id: 'bridge', name: 'The bridge', within: 'border', latitude: 40, longitude: 45, precision: 1 },
    { id: 'isle', name: 'The isle', country: 'FJ', latitude: -17, longitude: 179.9, precision: 1 },
    { id: 'strait', name: 'The strait', latitude: -16.5, longitude: -179.8, precision: 7 },
    { id: 'meridian', name: 'The meridian', country: 'FJ', latitude: 0, longitude: 180 },
    { id: 'pole', name: 'The pole', latitude: 89.5, longitude: -30 },
  ],
}

const anyPlace = fc.constantFrom('border', 'bridge', 'isle', 'strait', 'meridian', 'pole', undefined)
const openDate = { earliest: '2023-12-02', precision: 'RANGE' }
const unknown = { precision: 'UNKNOWN' }
const details = {
  STATEMENT: fc.record({ act: fc.constantFrom('OFFER', 'REMARK'), issue: fc.constantFrom('SINGLE', 'JOINT') }),
  TALK: fc.record({
    extent: fc.constantFrom('ROUND', 'SERIES'),
    format: fc.constantFrom('DIRECT', 'PROXIMITY', undefined),
    track: fc.constantFrom('ONE', 'TWO', undefined),
    invitations: fc.subarray([
      { invitee: 'north', respondedBy: 'premier', response: 'DECLINED' },
      { invitee: 'south', response: 'ACCEPTED' },
    ]),
  }),
  EXCHANGE: fc.record({ form: fc.constantFrom('RECIPROCAL', 'ONE_SIDED') }),
  PLEDGE: fc.record({ strength: fc.constantFrom('COMMITMENT', 'HOPE') }),
  AGREEMENT: fc.record({ stage: fc.constantFrom('CEA', 'PRE', undefined) }),
  INCIDENT: fc.record({ type: fc.constantFrom('ASSAULT', 'AID'), standing: fc.constantFrom('REPORTED', 'DISPUTED') }),
} as const

/** A report of one development of each kind, each with a place, a date and links or without. */
export const atlas: fc.Arbitrary<Generated> = fc
  .tuple(
    report,
    ...kinds.map((kind) =>
      fc
        .tuple(common, anyPlace, fc.constantFrom(openDate, unknown, undefined), details[kind])
        .map(([c, place, when, d]) => ({
          ...{ ref: `the-${kind.toLowerCase()}`, kind, ...c, ...d, place, when: when ?? c.when },
          links: kind === 'STATEMENT' ? [] : [{ type: linkTypes[kind.length % 3], to: 'the-statement' }],
        })),
    ),
  )
  .map(([told, ...developments]) =>
    JSON.parse(JSON.stringify({ process: 'north-south', report: { id: 'atlas', ...told }, developments })),
  )

const some = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: Math.min(values.length, 3) })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const actor = fc.constantFrom('north', 'south', 'envoy', 'premier', 'nobody')
const moment = fc
  .tuple(
    fc.constantFrom('2023-12-01', '2023-12-02', '2023-12-04', '2023-12-06', '2023-12-31'),
    fc.constantFrom('T00:00:00.000Z', 'T23:59:59.999Z'),
  )
  .map(([day, time]) => day + time)
const window = fc.tuple(maybe(moment), maybe(moment)).map(([a, b]) => (a && b && b < a ? [b, a] : [a, b]))
const longitude = fc.constantFrom(-180, -179.8, -30, 0, 44.5, 45, 179.9, 180)
const latitude = fc.constantFrom(-90, -17, -16.5, 0, 39.9, 40, 90)

/** Every member of a filter by itself, with values that the generated records have, or just miss. */
const members: { readonly [M in keyof Required<Filter>]?: fc.Arbitrary<Filter> } = {
  developments: some(['swap', 'the-talk', 'the-pledge', 'none']).map((developments) => ({ developments })),
  processes: some(['north-south', 'other']).map((processes) => ({ processes })),
  kinds: some(kinds).map((one) => ({ kinds: one })),
  statuses: some(statuses.slice(0, 10)).map((one) => ({ statuses: one })),
  actors: fc
    .array(fc.record({ actor, roles: maybe(some(['PARTY', 'MEDIATOR', 'RELEASER'] as const)) }), { maxLength: 2 })
    .map((actors) => ({ actors })),
  outlets: some(['wire', 'gazette', 'none']).map((outlets) => ({ outlets })),
  reports: some(['r0', 'r1', 'atlas']).map((reports) => ({ reports })),
  from: fc.tuple(window, maybe(fc.constantFrom(...windowMatches))).map(([[from, to], match]) => ({ from, to, match })),
  precisions: some(precisions).map((one) => ({ precisions: one })),
  places: some(['region', 'border', 'bridge', 'isle', 'none']).map((places) => ({ places })),
  countries: some(['AM', 'FJ', 'AZ']).map((countries) => ({ countries })),
  near: fc
    .record({ latitude, longitude, kilometres: fc.constantFrom(0.001, 1, 50, 60, 100, 5000, 9950, 10_100, 20_000) })
    .map((near) => ({ near })),
  box: fc
    .tuple(latitude, latitude, longitude, longitude)
    .map(([a, b, west, east]) => ({ box: { south: Math.min(a, b), north: Math.max(a, b), west, east } })),
  knownFrom: window.map(([knownFrom, knownTo]) => ({ knownFrom, knownTo })),
  reportsAtLeast: fc.integer({ min: 1, max: 3 }).map((reportsAtLeast) => ({ reportsAtLeast })),
  independentSourcesAtLeast: fc.integer({ min: 1, max: 3 }).map((least) => ({ independentSourcesAtLeast: least })),
  disagreement: fc
    .record({ aspects: maybe(some(aspects)), relations: maybe(some(relations)) })
    .map((disagreement) => ({ disagreement })),
  link: fc
    .record({ types: maybe(some(linkTypes)), to: maybe(some(['meeting', 'clash', 'the-statement'])) })
    .map((link) => ({ link })),
  codes: fc
    .record({
      act: maybe(some(['OFFER', 'REMARK'])),
      extent: maybe(some(['MEETING', 'ROUND'])),
      format: maybe(some(['DIRECT'])),
      type: maybe(some(['ASSAULT', 'AID'])),
      stage: maybe(some(['CEA'])),
    })
    .chain((codes) => fc.subarray(Object.entries(codes), { minLength: 1, maxLength: 1 }))
    .map((entries) => ({ codes: Object.fromEntries(entries) })),
  invitation: fc
    .record({
      actors: maybe(fc.constantFrom(['premier'], ['north'], ['premier', 'south'], ['nobody'], [])),
      responses: maybe(fc.constantFrom(['DECLINED'] as const, ['ACCEPTED', 'WITHDREW'] as const, [])),
    })
    .map((invitation) => ({ invitation })),
}

const member = fc.oneof(...Object.values(members))

/** Filters of every member, several at once, and composed. */
export const anyComposedFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    member,
    fc.tuple(member, member).map(([one, other]) => ({ ...one, ...other })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    fc.tuple(tie('filter'), member).map(([not, own]) => ({ ...own, not })),
    tie('filter').map((not) => ({ not })),
  ),
})).filter
