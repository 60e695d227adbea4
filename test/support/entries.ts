import fc from 'fast-check'
import type { Facets } from '../../src/domain/facets.ts'
import type { Filter } from '../../src/domain/filter.ts'
import { nowhere } from '../../src/domain/place.ts'
import type { Entry } from '../../src/store/log.ts'

/** Facets of an exchange; only what a test is about is told. */
export function facets(told: Partial<Facets> = {}): Facets {
  return {
    development: 'swap',
    process: 'north-south',
    kind: 'EXCHANGE',
    status: 'AGREED',
    actors: [],
    earliest: null,
    latest: null,
    precision: 'UNKNOWN',
    ...nowhere,
    outlets: [],
    reports: [],
    knownAt: '2023-12-07T23:59:59.999Z',
    reportCount: 1,
    independentSourceCount: 1,
    disagreements: [],
    links: [],
    codes: {},
    invitations: [],
    ...told,
  }
}

/** An entry of the log; only what a test is about is told. */
export function entry(position: number, told: Partial<Entry> = {}): Entry {
  return {
    position,
    tag: tagOf(position),
    development: 'swap',
    action: 'AMENDED',
    facets: facets(),
    before: facets(),
    withheld: false,
    ...told,
  }
}

export const tagOf = (position: number) => position.toString(16).padStart(16, '0')
export const cursorAt = (position: number) => ({ position, tag: tagOf(position) })

const anyFacets = fc
  .record({
    status: fc.constantFrom('AGREED' as const, 'CARRIED_OUT' as const, null),
    kind: fc.constantFrom('EXCHANGE' as const, 'TALK' as const),
    outlets: fc.subarray(['wire', 'gazette']),
  })
  .map(facets)

/** Logs of some developments, with everything that can happen to one. */
export const anyLog: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      development: fc.constantFrom('a', 'b', 'c'),
      action: fc.constantFrom('AMENDED', 'AMENDED', 'CORRECTED', 'BACKDATED', 'RETRACTED', 'REINSTATED'),
      facets: anyFacets,
      before: fc.option(anyFacets),
      withheld: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((told) => told.map((one, i) => entry(i + 1, one as Partial<Entry>)))

/** Filters that such logs pass in part. */
export const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    statuses: fc.subarray(['AGREED', 'CARRIED_OUT'] as const),
    kinds: fc.subarray(['EXCHANGE', 'TALK'] as const),
    outlets: fc.subarray(['wire', 'gazette']),
  },
  { requiredKeys: [] },
)
