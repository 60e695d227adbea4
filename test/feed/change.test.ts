import { describe, expect, it } from 'vitest'
import type { Filter } from '../../src/domain/filter.ts'
import { changeFor } from '../../src/feed/change.ts'
import type { Entry } from '../../src/store/log.ts'
import { entry, facets } from '../support/entries.ts'

const inside = facets({ status: 'AGREED' })
const outside = facets({ status: 'CARRIED_OUT' })
const agreed: Filter = { statuses: ['AGREED'] }

describe('what an entry means to a follower', () => {
  it.each<[told: string, entry: Partial<Entry>, filtered: string | null]>([
    ['enters the record inside', { action: 'CREATED', before: null, facets: inside }, 'CREATED'],
    ['enters the record outside', { action: 'CREATED', before: null, facets: outside }, null],
    ['stays inside', { before: inside, facets: inside }, 'AMENDED'],
    ['comes in', { before: outside, facets: inside }, 'AMENDED'],
    ['stays outside', { before: outside, facets: outside }, null],
    ['goes out', { before: inside, facets: outside }, 'LEFT_FILTER'],
    ['is corrected out', { action: 'CORRECTED', before: inside, facets: outside }, 'LEFT_FILTER'],
    ['has a past outside', { action: 'BACKDATED', before: inside, facets: outside }, null],
    ['has a past inside', { action: 'BACKDATED', before: outside, facets: inside }, 'BACKDATED'],
    ['is retracted from inside', { action: 'RETRACTED', before: inside, facets: inside, withheld: true }, 'RETRACTED'],
    ['is retracted from outside', { action: 'RETRACTED', before: outside, facets: outside, withheld: true }, null],
    ['is merged from inside', { action: 'MERGED', before: inside, facets: inside, withheld: true }, 'MERGED'],
    ['is given back inside', { action: 'REINSTATED', before: null, facets: inside }, 'REINSTATED'],
    ['is given back outside', { action: 'REINSTATED', before: null, facets: outside }, null],
    ['was inside and is withheld now', { before: inside, facets: inside, withheld: true }, null],
    ['went out and is withheld now', { before: inside, facets: outside, withheld: true }, null],
  ])('F11 a development that %s', (_, told, filtered) => {
    const one = entry(1, told)
    expect(changeFor(agreed, one)).toBe(filtered)
    // Without a filter everything is told as what it is.
    expect(changeFor({}, one)).toBe(one.action)
    expect(changeFor({ statuses: undefined }, one)).toBe(one.action)
    expect(changeFor({ and: [{}, { or: [{}, agreed] }] }, one)).toBe(one.action)
    // And composed it means what it meant.
    expect(changeFor({ not: { not: { and: [agreed] } } }, one)).toBe(filtered)
  })
})
