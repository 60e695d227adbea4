import { describe, expect, it } from 'vitest'
import { type Answer, answersOf } from '../../src/domain/offer.ts'
import type { Response } from '../../src/domain/response.ts'

const invited = (response: Response, reason: string | null = null): Answer => ({
  ...{ party: 'north', response, reason, statement: null, act: null },
})
const said = (act: 'AGREE' | 'REJECT', statement: number, party = 'north'): Answer => ({
  ...{ party, response: null, reason: null, statement, act },
})

describe('the answer of a party to an offer', () => {
  it.each<[what: string, told: Answer[], response: Response, statements: number[]]>([
    ['its invitation tells', [invited('DECLINED')], 'DECLINED', []],
    ['it agrees in a statement', [said('AGREE', 5)], 'ACCEPTED', [5]],
    ['it refuses in a statement', [said('REJECT', 5)], 'DECLINED', [5]],
    ['it agrees after it refused', [said('REJECT', 5), said('AGREE', 9)], 'ACCEPTED', [5, 9]],
    ['it refuses after it agreed', [said('AGREE', 9), said('REJECT', 5)], 'DECLINED', [9, 5]],
    ['it agrees, and its invitation says so too', [invited('ACCEPTED'), said('AGREE', 5)], 'ACCEPTED', [5]],
    ['it agrees, and withdraws from its invitation', [invited('WITHDREW'), said('AGREE', 5)], 'WITHDREW', [5]],
    ['it agrees on conditions', [invited('CONDITIONAL'), said('AGREE', 5)], 'CONDITIONAL', [5]],
    ['its invitation has no answer, but it speaks', [invited('NO_ANSWER'), said('REJECT', 5)], 'DECLINED', [5]],
    ['it gives none', [invited('NO_ANSWER')], 'NO_ANSWER', []],
  ])('is one, where %s', (_what, told, response, statements) => {
    expect(answersOf(told)).toEqual([{ party: 'north', response, reason: null, statements }])
  })

  it('is one for each party, with the reason of its invitation', () => {
    expect(answersOf([said('AGREE', 5, 'south'), invited('DECLINED', 'No trust.'), said('REJECT', 7)])).toEqual([
      { party: 'north', response: 'DECLINED', reason: 'No trust.', statements: [7] },
      { party: 'south', response: 'ACCEPTED', reason: null, statements: [5] },
    ])
  })

  it('is none, where nothing is told', () => {
    expect(answersOf([])).toEqual([])
  })
})
