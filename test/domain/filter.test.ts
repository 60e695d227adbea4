import { describe, expect, it } from 'vitest'
import { both, type Filter, isEmpty, passes } from '../../src/domain/filter.ts'
import { facets } from '../support/entries.ts'

const october = { from: '2023-10-01T00:00:00.000Z', to: '2023-10-31T23:59:59.999Z' }
const certain = { ...october, match: 'CERTAINLY_WITHIN' } as const
const openFrom = (from: string): Filter => ({ from, match: 'CERTAINLY_WITHIN' })

describe('a window', () => {
  it.each<[date: string, earliest: string | null, latest: string | null, possibly: boolean, certainly: boolean]>([
    ['a day within', '2023-10-05T00:00:00.000Z', '2023-10-05T23:59:59.999Z', true, true],
    ['the very month', october.from, october.to, true, true],
    ['a week that begins before', '2023-09-28T00:00:00.000Z', '2023-10-04T23:59:59.999Z', true, false],
    ['a week that ends after', '2023-10-29T00:00:00.000Z', '2023-11-04T23:59:59.999Z', true, false],
    ['the year', '2023-01-01T00:00:00.000Z', '2023-12-31T23:59:59.999Z', true, false],
    ['a day before', '2023-09-30T00:00:00.000Z', '2023-09-30T23:59:59.999Z', false, false],
    ['from a day within on', '2023-10-05T00:00:00.000Z', null, true, false],
    ['by a day within', null, '2023-10-05T23:59:59.999Z', true, false],
    ['by a day before', null, '2023-09-30T23:59:59.999Z', false, false],
    ['no date at all', null, null, false, false],
  ])('takes %s as what it is', (_, earliest, latest, possibly, certainly) => {
    const dated = facets({ earliest, latest })
    expect(passes(october, dated)).toBe(possibly)
    expect(passes(certain, dated)).toBe(certainly)
    expect(passes({ not: certain }, dated)).toBe(!certainly)
  })

  it('that is open on a side holds dates that are open there, for certain', () => {
    const dated = facets({ earliest: '2023-10-05T00:00:00.000Z', latest: null })
    expect(passes(openFrom('2023-10-05T00:00:00.000Z'), dated)).toBe(true)
    expect(passes(openFrom('2023-10-05T00:00:00.001Z'), dated)).toBe(false)
    expect(passes({ to: '2030-01-01T00:00:00.000Z', match: 'CERTAINLY_WITHIN' }, dated)).toBe(false)
  })
})

describe('what is unknown', () => {
  it.each<[string, Filter]>([
    ['a status', { statuses: ['AGREED'] }],
    ['a country', { countries: ['AM'] }],
    ['coordinates', { near: { latitude: 0, longitude: 0, kilometres: 20_000 } }],
    ['a date', { from: '0001-01-01T00:00:00.000Z' }],
    ['a code of another kind', { codes: { act: ['OFFER'] } }],
  ])('does not pass a filter, and so passes its negation: %s', (_, filter) => {
    const unknown = facets({ status: null })
    expect(passes(filter, unknown)).toBe(false)
    expect(passes({ not: filter }, unknown)).toBe(true)
    expect(passes({ not: { not: filter } }, unknown)).toBe(false)
  })
})

describe('a filter', () => {
  it.each<[Filter, boolean]>([
    [{}, true],
    [{ statuses: undefined, and: undefined }, true],
    [{ and: [{}, { or: [{}, { kinds: ['TALK'] }] }] }, true],
    [{ and: [{}, { kinds: ['TALK'] }] }, false],
    [{ or: [{ kinds: ['TALK'] }] }, false],
    [{ not: {} }, false],
    [{ kinds: [] }, false],
  ])('%j is empty: %s', (filter, expected) => {
    expect(isEmpty(filter)).toBe(expected)
  })

  it('and another one are both asked, whatever members they share', () => {
    const filter = both({ kinds: ['TALK', 'EXCHANGE'] }, { kinds: ['EXCHANGE', 'PLEDGE'] })
    expect(passes(filter, facets({ kind: 'EXCHANGE' }))).toBe(true)
    expect(passes(filter, facets({ kind: 'TALK' }))).toBe(false)
    expect(passes(filter, facets({ kind: 'PLEDGE' }))).toBe(false)
  })
})
