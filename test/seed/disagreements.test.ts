import { describe, expect, it } from 'vitest'
import type { Aspect, Relation } from '../../src/domain/claim.ts'
import { known, refs } from './seed.ts'

/** Every disagreement of the seed. The number is that of the fifteen which the reports were read for, where it is one of them. */
const expected: readonly (readonly [ref: string, Aspect, key: string, Relation, number?: number])[] = [
  ['displacement', 'FIGURE', 'DISPLACED', 'DIFFERS', 1],
  ['displacement', 'FIGURE', 'share', 'DIFFERS', 1],
  ['exchange-32-2', 'HELD_SINCE', 'leg/from-azerbaijan', 'DIFFERS', 2],
  ['exchange-32-2', 'HELD_SINCE', 'leg/from-armenia', 'DIFFERS', 2],
  ['commission-statement', 'WORDING', 'handover', 'DIFFERS', 3],
  ['commission-statement', 'WORDING', 'health-check', 'DIFFERS', 3],
  ['joint-statement', 'WORDING', 'treaty', 'DIFFERS', 4],
  ['normalisation-track', 'STATUS', '', 'CONTRADICTS', 5],
  ['leaders-meetings', 'PARTICIPANT', 'MEDIATOR', 'DIFFERS', 6],
  ['exchange-32-2', 'CONTENT', 'reached-through', 'DIFFERS', 6],
  ['spain-talks', 'REASON', 'azerbaijan', 'DIFFERS', 7],
  ['spain-talks', 'PARTICIPANT', 'invitation/azerbaijan/RESPONDER', 'DIFFERS', 7],
  ['joint-statement', 'PARTICIPANT', 'called-breakthrough-by', 'DIFFERS', 8],
  ['powers-welcome', 'CONTENT', 'welcomed', 'DIFFERS', 8],
  ['cop29-support', 'CONTENT', 'terms', 'DIFFERS', 9],
  ['offensive', 'PARTICIPANT', 'taken-from', 'CONTRADICTS', 10],
  ['michel-welcome', 'OFFICE', 'michel', 'CONTRADICTS', 11],
  ['leaders-meetings', 'OFFICE', 'michel', 'DIFFERS', 11],
  ['treaty-by-year-end', 'DUE', '', 'DIFFERS', 12],
  ['treaty-by-year-end', 'CONTENT', 'how-certain', 'DIFFERS', 12],
  ['normalisation-track', 'WHEN', 'milestone/STALLED', 'DIFFERS', 13],
  ['surrender', 'FIGURE', 'separatist-control', 'DIFFERS', 13],
  ['yerevan-55-held', 'CONTENT', 'custody', 'DIFFERS', 14],
  ['separatist-leaders-detained', 'CONTENT', 'how', 'DIFFERS', 14],
  ['separatist-leaders-detained', 'WHEN', '', 'DIFFERS', 14],
  ['powers-welcome', 'PARTICIPANT', 'SPEAKER', 'DIFFERS', 15],
  // What else the texts tell differently.
  ['exchange-32-2', 'FIGURE', 'leg/from-azerbaijan', 'DIFFERS'],
  ['exchange-32-2', 'CONTENT', 'leg/from-azerbaijan/category', 'DIFFERS'],
  ['exchange-32-2', 'PLACE', '', 'DIFFERS'],
  ['joint-statement', 'PARTICIPANT', 'SPEAKER', 'DIFFERS'],
  ['joint-statement', 'WORDING', 'historic-chance', 'DIFFERS'],
  ['joint-statement', 'CONTENT', 'peace-outlook', 'DIFFERS'],
  ['offices-talks', 'PARTICIPANT', 'PARTY', 'DIFFERS'],
  ['treaty', 'CONTENT', 'principles', 'DIFFERS'],
  ['cop-bureau-support', 'CONTENT', 'terms', 'DIFFERS'],
  ['us-talks', 'REASON', 'azerbaijan', 'DIFFERS'],
  ['secession', 'CONTENT', 'how', 'DIFFERS'],
  // One report dates what another dates more coarsely.
  ['joint-statement', 'WHEN', '', 'DIFFERS'],
  ['offensive', 'WHEN', '', 'DIFFERS'],
  ['displacement', 'WHEN', '', 'DIFFERS'],
  ['two-wars', 'WHEN', '', 'DIFFERS'],
  ['secession', 'WHEN', '', 'DIFFERS'],
]

const all = refs.flatMap((ref) => known(ref).disagreements.map((d) => `${ref} ${d.aspect} ${d.key} ${d.relation}`))

describe('the disagreements of the seed', () => {
  it.each(expected.map(([ref, aspect, key, relation]) => [ref, aspect, key, relation] as const))(
    'are found: %s, %s "%s" %s',
    (ref, aspect, key, relation) => {
      expect(known(ref).disagreements).toContainEqual({ aspect, key, relation })
    },
  )

  it('are no others', () => {
    expect([...all].sort()).toEqual(expected.map(([ref, ...rest]) => [ref, ...rest.slice(0, 3)].join(' ')).sort())
  })

  it('hold all fifteen for which the reports were read', () => {
    const numbers = new Set(expected.flatMap((row) => row[4] ?? []))
    expect([...numbers].sort((a, b) => a - b)).toEqual([...Array(15).keys()].map((i) => i + 1))
  })

  it('lie between versions that carry different values', () => {
    for (const [ref, aspect, key] of expected) {
      const versions = known(ref).claims.filter((claim) => claim.aspect === aspect && claim.key === key)
      expect(versions.length).toBeGreaterThan(1)
    }
  })

  it('were fewer before the exchange was reported', () => {
    const earlier = (ref: string) => known(ref, '2023-12-10').disagreements.map((d) => `${d.aspect} ${d.key}`)
    expect(earlier('exchange-32-2')).toEqual(['CONTENT leg/from-azerbaijan/category', 'CONTENT reached-through'])
    expect(earlier('normalisation-track')).toEqual([])
    expect(earlier('cop29-support')).toEqual(['CONTENT terms'])
  })
})
