import { describe, expect, it } from 'vitest'
import { type Finding, findingOf, netChanges } from '../../src/domain/finding.ts'
import type { Action } from '../../src/domain/revise.ts'

describe('what became of a development', () => {
  it.each<[readonly Action[], boolean, Finding]>([
    [['CREATED'], false, 'LEARNT'],
    [['AMENDED', 'BACKDATED'], false, 'LEARNT'],
    [['AMENDED', 'CORRECTED'], false, 'CORRECTED'],
    [['RETRACTED', 'REINSTATED', 'AMENDED'], false, 'GIVEN_BACK'],
    [['CORRECTED', 'RETRACTED'], true, 'WITHDRAWN'],
  ])('after %j (withdrawn: %s) is %s', (actions, withdrawn, finding) => {
    expect(findingOf(actions, withdrawn)).toBe(finding)
  })
})

describe('several steps', () => {
  const step = (path: string, before: unknown, after: unknown) => ({ path, before, after })

  it('change in all what the first found and the last left', () => {
    expect(netChanges([[step('status', 'AGREED', 'SCHEDULED')], [step('status', 'SCHEDULED', 'CARRIED_OUT')]])).toEqual(
      [step('status', 'AGREED', 'CARRIED_OUT')],
    )
  })

  it('change nothing where they end as they began', () => {
    const there = [step('place', null, 'bridge'), step('headline', 'A', 'B')]
    expect(netChanges([there, [step('place', 'bridge', null)]])).toEqual([step('headline', 'A', 'B')])
  })
})
