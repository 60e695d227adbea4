import { describe, expect, it } from 'vitest'
import type { Claim } from '../../src/domain/claim.ts'
import { corroboration, sayingOf } from '../../src/domain/corroboration.ts'
import { claim, figure, provenance } from '../support/claims.ts'

const of32 = (citation: string, fields: Partial<Claim> = {}) => claim('FIGURE', figure(32), citation, fields)

// Of the first claim; each case says what else is told.
describe('a claim is supported', () => {
  it.each<[string, number, Claim[]]>([
    ['by its own source', 1, [of32('a')]],
    ['by each independent source that says the same', 2, [of32('a'), of32('b')]],
    ['by two reports of one agency text as by one', 1, [of32('a#agency'), of32('b#agency')]],
    ['by two passages of one report as by one, unless one of them repeats an agency', 1, [of32('a'), of32('a')]],
    [
      'also by a report that words the same number otherwise',
      2,
      [of32('a'), claim('FIGURE', figure(32, { asReported: 'thirty-two' }), 'b')],
    ],
    ['not by another value', 1, [of32('a'), claim('FIGURE', figure(31), 'b')]],
    ['not by the same number of something else', 1, [of32('a'), of32('b', { key: 'leg/other' })]],
    ['not by a denial', 1, [of32('a'), of32('b', { negated: true })]],
    ['not by what an editor set aside', 1, [of32('a'), of32('b', { rank: 'DEPRECATED' })]],
    ['by nothing when it was set aside itself', 0, [of32('a', { rank: 'DEPRECATED' })]],
  ])('%s', (_title, expected, claims) => {
    const support = corroboration(claims, ({ citation }) => provenance.source(citation))
    expect(support.get(sayingOf(claims[0] as Claim)) ?? 0).toBe(expected)
  })
})
