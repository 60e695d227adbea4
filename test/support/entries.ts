import fc from 'fast-check'
import type { Facets } from '../../src/domain/facets.ts'
import type { Filter } from '../../src/domain/filter.ts'
import type { Source } from '../../src/feed/follow.ts'
import type { Entry } from '../../src/store/log.ts'

/** Facets of an exchange; only what a test is about is told. */
export function facets(told: Partial<Facets> = {}): Facets {
  return {
    process: 'north-south',
    kind: 'EXCHANGE',
    status: 'AGREED',
    actors: [],
    earliest: null,
    latest: null,
    place: null,
    outlets: [],
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

/** A log in memory, in the place of the feed. */
export interface FakeSource extends Source {
  /** More is written. */
  write(...entries: Entry[]): void
  /** It is closing from now on. */
  close(): void
  /** How many listen for moves. */
  readonly listeners: number
  /** What the next pages fail with, or wait for, first. */
  readonly hindrances: (Error | Promise<void>)[]
}

export function fakeSource(...log: Entry[]): FakeSource {
  const listeners = new Set<() => void>()
  const hindrances: (Error | Promise<void>)[] = []
  let closing = false
  const move = () => {
    for (const listener of [...listeners]) listener()
  }
  return {
    hindrances,
    head: () => cursorAt(log.at(-1)?.position ?? 0),
    async page(after, limit) {
      const hindrance = hindrances.shift()
      if (hindrance instanceof Error) throw hindrance
      await hindrance
      return log.filter((e) => e.position > after).slice(0, limit)
    },
    onMove(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    closing: () => closing,
    write(...entries) {
      log.push(...entries)
      move()
    },
    close() {
      closing = true
      move()
    },
    get listeners() {
      return listeners.size
    },
  }
}

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
