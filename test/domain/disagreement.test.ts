import { describe, expect, it } from 'vitest'
import type { Claim } from '../../src/domain/claim.ts'
import { disagreements } from '../../src/domain/disagreement.ts'
import { actor, claim, comparison, days, figure, provenance, text } from '../support/claims.ts'

const relations = (...claims: Claim[]) => disagreements(claims, provenance, comparison).map((d) => d.relation)

describe('claims of one aspect and key', () => {
  it.each<[string, Claim[], string[]]>([
    ['agree when they say the same', [claim('FIGURE', figure(32), 'a'), claim('FIGURE', figure(32), 'b')], []],
    ['contradict', [claim('FIGURE', figure(32), 'a'), claim('FIGURE', figure(31), 'b')], ['CONTRADICTS']],
    [
      'contradict within one report, too',
      [claim('FIGURE', figure(32), 'a'), claim('FIGURE', figure(31), 'a')],
      ['CONTRADICTS'],
    ],
    ['differ', [claim('WHEN', days('12-07'), 'a'), claim('WHEN', days('12-01', '12-31'), 'b')], ['DIFFERS']],
    [
      'contradict when any two of them do',
      [
        claim('WHEN', days('12-01', '12-31'), 'a'),
        claim('WHEN', days('12-07'), 'b'),
        claim('WHEN', days('12-08'), 'c'),
      ],
      ['CONTRADICTS'],
    ],
    [
      'no longer disagree with a deprecated one',
      [claim('FIGURE', figure(32), 'a'), claim('FIGURE', figure(31), 'b', { rank: 'DEPRECATED' })],
      [],
    ],
    [
      'contradict a denial of the same',
      [claim('PLACE', { place: 'bridge' }, 'a'), claim('PLACE', { place: 'bridge' }, 'b', { negated: true })],
      ['CONTRADICTS'],
    ],
    [
      'go with a denial of something else',
      [claim('PLACE', { place: 'bridge' }, 'a'), claim('PLACE', { place: 'village' }, 'b', { negated: true })],
      [],
    ],
    [
      'are judged by the editor first',
      [claim('CONTENT', text('x'), 'a'), claim('CONTENT', text('y'), 'b', { judgement: 'CONTRADICTS' })],
      ['CONTRADICTS'],
    ],
    [
      'stay apart from those of another key',
      [claim('FIGURE', figure(1), 'a', { key: 'x' }), claim('FIGURE', figure(2), 'a', { key: 'y' })],
      [],
    ],
  ])('%s', (_, claims, expected) => {
    expect(relations(...claims)).toEqual(expected)
  })

  it('are named by aspect and key', () => {
    const claims = [
      claim('FIGURE', figure(32), 'a', { key: 'leg/x' }),
      claim('FIGURE', figure(31), 'b', { key: 'leg/x' }),
    ]
    expect(disagreements(claims, provenance, comparison)).toEqual([
      { aspect: 'FIGURE', key: 'leg/x', relation: 'CONTRADICTS' },
    ])
  })
})

describe("reports' lists of who took part", () => {
  const named = (report: string, ...ids: string[]) =>
    ids.map((id) => claim('PARTICIPANT', actor(id), report, { key: 'PARTY' }))
  const minister = (report: string) =>
    claim('PARTICIPANT', actor('minister', { onBehalfOf: 'north' }), report, { key: 'PARTY' })

  it.each<[string, Claim[], string[]]>([
    ['agree whatever their order', [...named('a', 'north', 'south'), ...named('b', 'south', 'north')], []],
    ['are not compared within one report', named('a', 'north', 'south'), []],
    ['differ when one names more', [...named('a', 'north'), ...named('b', 'north', 'south')], ['DIFFERS']],
    ['differ when one names them more exactly', [...named('a', 'north'), minister('b')], ['DIFFERS']],
    ['contradict when they share nobody', [...named('a', 'north'), ...named('b', 'south')], ['CONTRADICTS']],
    [
      'contradict a denial',
      [...named('a', 'north'), claim('PARTICIPANT', actor('north'), 'b', { key: 'PARTY', negated: true })],
      ['CONTRADICTS'],
    ],
    [
      'go with a denial of somebody else',
      [...named('a', 'north'), claim('PARTICIPANT', actor('south'), 'b', { key: 'PARTY', negated: true })],
      [],
    ],
  ])('%s', (_, claims, expected) => {
    expect(relations(...claims)).toEqual(expected)
  })
})
