import { describe, expect, it } from 'vitest'
import type { Aspect, Claim, Value } from '../../src/domain/claim.ts'
import type { Kind } from '../../src/domain/kind.ts'
import { settle } from '../../src/domain/standing.ts'
import { actor, claim, comparison, days, figure, place, provenance, text } from '../support/claims.ts'

/** The value that stands among claims in order of publication, each given as [value, citation, other fields]. */
function stands(aspect: Aspect, ...given: [Value, string, Partial<Claim>?][]): Value | undefined {
  const claims = given.map(([value, citation, fields]) => claim(aspect, value, citation, fields))
  return settle(claims, provenance, comparison).find(aspect, '')?.value
}

const status = (value: string) => ({ status: value }) as Value
const response = (value: string) => ({ response: value }) as Value

describe('whatever the aspect', () => {
  it('a preferred claim beats all others', () => {
    const claims: [Value, string, Partial<Claim>?][] = [
      [figure(32), 'a'],
      [figure(32), 'b'],
      [figure(31), 'c', { rank: 'PREFERRED' }],
    ]
    expect(stands('FIGURE', ...claims)).toEqual(figure(31))
  })

  it('of several preferred claims the rule of the aspect chooses', () => {
    const rank = { rank: 'PREFERRED' } as const
    expect(stands('FIGURE', [figure(31), 'a', rank], [figure(32), 'b', rank], [figure(32), 'c', rank])).toEqual(
      figure(32),
    )
  })

  it('a deprecated or denied claim never stands', () => {
    const gone = { rank: 'DEPRECATED' } as const
    expect(stands('FIGURE', [figure(31), 'a', gone], [figure(32), 'b'])).toEqual(figure(32))
    expect(stands('PLACE', [place('bridge'), 'a', { negated: true }])).toBeUndefined()
  })

  it('every claim of the standing value holds, but for denied and deprecated ones', () => {
    const claims = [
      claim('FIGURE', figure(32), 'a'),
      claim('FIGURE', figure(32), 'b'),
      claim('FIGURE', figure(31), 'c'),
      claim('FIGURE', figure(32), 'd', { negated: true }),
      claim('FIGURE', figure(32), 'e', { rank: 'DEPRECATED' }),
    ]
    const standing = settle(claims, provenance, comparison)
    expect(claims.map(standing.holds)).toEqual([true, true, false, false, false])
  })
})

describe.each<Aspect>(['WHEN', 'DUE', 'HELD_SINCE'])('of dates (%s)', (aspect) => {
  it('the first published stands, however many differ', () => {
    expect(stands(aspect, [days('12-07'), 'a'], [days('12-08'), 'b'], [days('12-08'), 'c'])).toEqual(days('12-07'))
  })

  it('a contained one refines it, step by step, and a wider one does not undo it', () => {
    const steps: [Value, string][] = [
      [days('12-01', '12-31'), 'a'],
      [days('12-05', '12-10'), 'b'],
      [days('12-07'), 'c'],
      [days('12-01', '12-31'), 'd'],
    ]
    expect(stands(aspect, ...steps)).toEqual(days('12-07'))
  })
})

describe('of places', () => {
  it('the first published stands; one within it refines it', () => {
    expect(stands('PLACE', [place('bridge'), 'a'], [place('village'), 'b'])).toEqual(place('bridge'))
    expect(stands('PLACE', [place('border'), 'a'], [place('gate'), 'b'], [place('bridge'), 'c'])).toEqual(place('gate'))
  })
})

describe('of statuses', () => {
  it.each<[string[], string]>([
    [['AGREED', 'CARRIED_OUT'], 'CARRIED_OUT'],
    [['CARRIED_OUT', 'AGREED'], 'CARRIED_OUT'],
    [['AGREED', 'CANCELLED', 'CARRIED_OUT'], 'CANCELLED'],
    [['PROPOSED', 'PARTLY_CARRIED_OUT', 'SCHEDULED', 'CARRIED_OUT'], 'CARRIED_OUT'],
  ])('%j ends at %s', (told, end) => {
    expect(stands('STATUS', ...told.map((s, i): [Value, string] => [status(s), `r${i}`]))).toEqual(status(end))
  })

  it('one that leads back and forth follows the last report', () => {
    const told = ['ONGOING', 'STALLED', 'ONGOING'].map((s, i) => claim('STATUS', status(s), `r${i}`))
    const ofTalk = { ...comparison, kind: 'TALK' as Kind }
    expect(settle(told, provenance, ofTalk).find('STATUS', '')?.citation).toBe('r2')
  })
})

describe('of responses', () => {
  it.each<[string[], string]>([
    [['NO_ANSWER', 'DECLINED'], 'DECLINED'],
    [['CONDITIONAL', 'ACCEPTED', 'WITHDREW'], 'WITHDREW'],
    [['DECLINED', 'ACCEPTED'], 'DECLINED'],
    [['ACCEPTED', 'NO_ANSWER'], 'ACCEPTED'],
  ])('%j ends at %s', (told, end) => {
    expect(stands('RESPONSE', ...told.map((r, i): [Value, string] => [response(r), `r${i}`]))).toEqual(response(end))
  })
})

describe('of figures', () => {
  it.each<[string, [Value, string][], Value]>([
    [
      'the one of most sources stands',
      [
        [figure(31), 'a'],
        [figure(32), 'b'],
        [figure(32), 'c'],
      ],
      figure(32),
    ],
    [
      'copies of one origin are one source',
      [
        [figure(31), 'a'],
        [figure(32), 'b#wire'],
        [figure(32), 'c#wire'],
      ],
      figure(31),
    ],
    [
      'among equals the more exact one stands',
      [
        [figure(30, { qualifier: 'AT_LEAST' }), 'a'],
        [figure(32), 'b'],
      ],
      figure(32),
    ],
    [
      'the less exact one does not come back',
      [
        [figure(32), 'a'],
        [figure(30, { qualifier: 'AT_LEAST' }), 'b'],
      ],
      figure(32),
    ],
    [
      'among equally exact ones the first published stands',
      [
        [figure(32), 'a'],
        [figure(31), 'b'],
      ],
      figure(32),
    ],
    [
      'another way to put the same bounds is not more exact',
      [
        [figure(32), 'a'],
        [figure(32, { parts: [{ label: 'men', count: 32 }] }), 'b'],
      ],
      figure(32),
    ],
  ])('%s', (_, claims, value) => {
    expect(stands('FIGURE', ...claims)).toEqual(value)
  })
})

describe.each<Aspect>(['WORDING', 'REASON', 'CONTENT', 'OFFICE'])('of words (%s)', (aspect) => {
  it('the ones of most sources stand, then the first published', () => {
    expect(stands(aspect, [text('x'), 'a'], [text('y'), 'b'])).toEqual(text('x'))
    expect(stands(aspect, [text('x'), 'a'], [text('y'), 'b'], [text('y'), 'c'])).toEqual(text('y'))
  })
})

describe('of who took part in a role', () => {
  const minister = { id: 'minister', onBehalfOf: 'north' }
  const official = { id: 'north', anonymous: true }
  type Named = string | { id: string; onBehalfOf?: string; anonymous?: boolean }

  /** Who stands after reports that each name some actors. */
  function named(...reports: Named[][]): Named[] {
    const claims = reports.flatMap((actors, i) =>
      actors.map((a) => {
        const { id, ...fields } = typeof a === 'string' ? { id: a } : a
        return claim('PARTICIPANT', actor(id, fields), `r${i}`)
      }),
    )
    const standing = settle(claims, provenance, comparison).actors('')
    return standing.map((a) => (a.onBehalfOf === undefined && !a.anonymous ? a.id : (a as Named)))
  }

  it.each<[string, Named[][], Named[]]>([
    ['those of the first report stand', [['north', 'south']], ['north', 'south']],
    ['others instead stay claims', [['north'], ['south']], ['north']],
    ['one who is left out stays', [['north', 'south'], ['north']], ['north', 'south']],
    ['a report that names them all and more completes them', [['north'], ['north', 'south']], ['north', 'south']],
    [
      'a report that names some of them and others does not',
      [
        ['north', 'south'],
        ['north', 'envoy'],
      ],
      ['north', 'south'],
    ],
    ['who acts for one refines it', [['north', 'south'], [minister]], [minister, 'south']],
    ['a plain name later does not undo that', [[minister], ['north']], [minister]],
    ['an unnamed official refines the organisation, for good', [['north'], [official], ['north']], [official]],
    ['the official who is named at last refines the unnamed one', [[official], [minister]], [minister]],
  ])('%s', (_, reports, expected) => {
    expect(named(...reports)).toEqual(expected)
  })

  it('preferred ones stand alone', () => {
    const claims = [
      claim('PARTICIPANT', actor('north'), 'a'),
      claim('PARTICIPANT', actor('south'), 'b', { rank: 'PREFERRED' }),
    ]
    expect(settle(claims, provenance, comparison).actors('')).toEqual([{ id: 'south' }])
  })
})
