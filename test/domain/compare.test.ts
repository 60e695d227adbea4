import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/domain/claim.ts'
import { compare, refines } from '../../src/domain/compare.ts'
import type { Kind } from '../../src/domain/kind.ts'
import type { Status } from '../../src/domain/status.ts'
import { actor, comparison, days, figure, place, text } from '../support/claims.ts'

const status = (value: Status): Value => ({ status: value })
const minister = actor('minister', { onBehalfOf: 'north' })

// The rule table of compare(), line by line; every line holds in both directions.
describe('two values', () => {
  it.each<[Value, Value]>([
    [figure(32), figure(32, { asReported: 'thirty-two', stage: 'PLEDGED' })],
    [days('12-07'), days('12-07', '12-07', 'DAY')],
    [text('a  word'), text('a word ')],
    [actor('north'), { actor: { id: 'north', capacity: 'the host', asReported: 'Northville' } }],
    [actor('north'), actor('north', { anonymous: false })],
    [place('bridge'), place('bridge')],
  ])('%j and %j are the same', (a, b) => {
    expect(compare(a, b, comparison)).toBeUndefined()
    expect(compare(b, a, comparison)).toBeUndefined()
  })

  it.each<[Value, Value]>([
    [figure(32), figure(31)],
    [figure(32, { qualifier: 'AT_LEAST' }), figure(31)],
    [figure(100, { qualifier: 'ABOUT' }), figure(120)],
    [days('12-07'), days('12-08')],
    [place('bridge'), place('village')],
    [status('CARRIED_OUT'), status('CANCELLED')],
    [{ response: 'ACCEPTED' }, { response: 'DECLINED' }],
    [actor('north'), actor('south')],
    [minister, actor('south')],
    [minister, actor('minister', { onBehalfOf: 'south' })],
  ])('%j and %j contradict each other', (a, b) => {
    expect(compare(a, b, comparison)).toBe('CONTRADICTS')
    expect(compare(b, a, comparison)).toBe('CONTRADICTS')
  })

  it.each<[Value, Value]>([
    [figure(32), figure(30, { qualifier: 'AT_LEAST' })],
    [figure(100, { qualifier: 'ABOUT' }), figure(109)],
    [figure(100_000, { qualifier: 'MORE_THAN' }), figure(120_000, { qualifier: 'ABOUT' })],
    [figure(32), figure(32, { parts: [{ label: 'men', count: 32 }] })],
    [days('12-07'), days('12-01', '12-31', 'MONTH')],
    [days('12-01', '12-10'), days('12-05', '12-20')],
    [days('12-07'), days(null, null, 'UNKNOWN')],
    [place('bridge'), place('border')],
    [place('gate'), place('border')],
    [text('a word'), text('another word')],
    [minister, actor('north')],
    [actor('north', { anonymous: true }), actor('north')],
    [actor('north', { anonymous: true }), minister],
  ])('%j and %j differ', (a, b) => {
    expect(compare(a, b, comparison)).toBe('DIFFERS')
    expect(compare(b, a, comparison)).toBe('DIFFERS')
  })

  it.each<[Value, Value]>([
    [status('AGREED'), status('CARRIED_OUT')],
    [{ response: 'NO_ANSWER' }, { response: 'DECLINED' }],
    [{ response: 'ACCEPTED' }, { response: 'WITHDREW' }],
  ])('%j and %j are steps of one way and do not disagree', (a, b) => {
    expect(compare(a, b, comparison)).toBeUndefined()
    expect(compare(b, a, comparison)).toBeUndefined()
  })

  it('of statuses that lead to each other contradict each other', () => {
    const ofTalk = { ...comparison, kind: 'TALK' as Kind }
    expect(compare(status('ONGOING'), status('STALLED'), ofTalk)).toBe('CONTRADICTS')
  })
})

describe('a value', () => {
  it.each<[Value, Value]>([
    [figure(32), figure(30, { qualifier: 'AT_LEAST' })],
    [days('12-07'), days('12-01', '12-31', 'MONTH')],
    [days('12-07', null), days(null, null, 'UNKNOWN')],
    [place('gate'), place('border')],
    [minister, actor('north')],
    [actor('north', { anonymous: true }), actor('north')],
    [actor('minister', { onBehalfOf: 'north' }), actor('minister')],
  ])('%j refines %j, never the other way round', (inner, outer) => {
    expect(refines(inner, outer, comparison)).toBe(true)
    expect(refines(outer, inner, comparison)).toBe(false)
  })

  it.each<[Value, Value]>([
    [figure(32), figure(32)],
    [figure(32), figure(32, { parts: [{ label: 'men', count: 32 }] })],
    [figure(11, { qualifier: 'AT_LEAST' }), figure(10, { qualifier: 'MORE_THAN' })],
    [days('12-01', '12-10'), days('12-05', '12-20')],
    [text('a word'), text('a word more')],
    [status('CARRIED_OUT'), status('AGREED')],
    [figure(32), text('32')],
  ])('%j and %j do not refine each other', (a, b) => {
    expect(refines(a, b, comparison)).toBe(false)
    expect(refines(b, a, comparison)).toBe(false)
  })
})
