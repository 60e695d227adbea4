import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/domain/evidence.ts'
import { fold } from '../../src/domain/fold.ts'
import { readDispatch } from '../../src/ingest/dispatch.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

/** What reports tell of one exchange, as the fold takes it. */
function told(...reports: { id: string; on: string; [field: string]: unknown }[]): Evidence[] {
  return reports.map(({ id, on, ...fields }, i) => {
    const account = exchange({ status: 'AGREED', on, citations: [{ key: 'c1' }], ...fields })
    const { report, developments } = readDispatch(dispatchOf({ id, on }, account))
    return {
      ...{ dispatch: `${i}`, report: id, outlet: null, publishedFrom: report.published.earliest },
      ...{ knownAt: report.published.latest as string, account: developments[0] as Evidence['account'] },
    }
  })
}

const content = (evidence: Evidence[]) =>
  fold({ kind: 'EXCHANGE', evidence, corrections: [], enclosing: () => [] }, '2024-01-01T00:00:00.000Z')

describe('the content', () => {
  it('keeps both passages where two dispatches of a report give them one key', () => {
    const { citations, claims } = content(
      told(
        { id: 'r1', on: '2023-12-07', citations: [{ key: 'c1', locator: 'lead' }], count: 31 },
        { id: 'r1', on: '2023-12-07', citations: [{ key: 'c1', locator: 'end' }], count: 32 },
        { id: 'r1', on: '2023-12-07', citations: [{ key: 'c1', locator: 'lead' }], headline: 'Sent again' },
      ),
    )
    expect(citations.map((c) => [c.key, c.locator])).toEqual([
      ['r1#c1', 'lead'],
      ['r1#c1.2', 'end'],
    ])
    const counts = claims.filter((c) => c.aspect === 'FIGURE').map((c) => c.citation)
    expect(counts).toEqual(['r1#c1', 'r1#c1.2', 'r1#c1'])
  })

  it('keeps every released person and group by the name that was reported', () => {
    const leg = { key: 'out', releasedBy: 'north', receivedBy: 'south', persons: ['A. One', 'B. Two/Three'] }
    const groups = [{ key: 'men', category: 'soldiers', count: { best: 31 } }]
    const { detail } = content(told({ id: 'r1', on: '2023-12-07', legs: [{ ...leg, groups }] }))
    expect(detail).toMatchObject({
      legs: [{ persons: ['A. One', 'B. Two/Three'], groups: [{ key: 'men', category: 'soldiers' }] }],
    })
  })

  it('never shows a promised number as a freed one', () => {
    const agreed = { id: 'r1', on: '2023-12-07' }
    const done = { id: 'r2', on: '2023-12-13', milestones: [{ status: 'CARRIED_OUT' }] }
    expect(content(told(agreed)).detail).toMatchObject({ legs: [{ count: { stage: 'PLEDGED' } }] })
    expect(content(told(agreed, done)).detail).toMatchObject({ legs: [{ count: { stage: 'DELIVERED' } }] })
  })

  it('is dated by the last step of its lifecycle where it has no date of its own', () => {
    const { when, milestones } = content(told({ id: 'r1', on: '2023-12-07' }))
    expect(when).toEqual(milestones.at(-1)?.when)
    expect(when?.earliest).toBe('2023-12-07T00:00:00.000Z')
  })
})

describe('a pledge', () => {
  const pledged = (strength: string) => {
    const report = { id: 'r1', on: '2023-12-07' }
    const account = { ref: 'word', kind: 'PLEDGE', headline: 'A word given', citations: [{}], strength }
    const broken = [{ aspect: 'STATUS', value: { status: 'BROKEN' } }]
    const { report: sent, developments } = readDispatch(
      dispatchOf(report, { ...account, milestones: [{ status: 'MADE' }], claims: broken }),
    )
    const named = {
      ...(developments[0] as Evidence['account']),
      citations: [{ key: 'c1', part: 'BODY', stance: 'ASSERTS' }],
    }
    const evidence = { dispatch: '1', report: 'r1', outlet: null, publishedFrom: null, knownAt: sent.published.latest }
    return fold(
      { kind: 'PLEDGE', evidence: [{ ...evidence, account: named } as Evidence], corrections: [], enclosing: () => [] },
      '2024-01-01T00:00:00.000Z',
    )
  }

  it('that is a hope is never broken: what a report calls so stays a claim', () => {
    const { status, claims } = pledged('HOPE')
    expect(status).toBe('MADE')
    expect(claims).toContainEqual(expect.objectContaining({ value: { status: 'BROKEN' }, standing: false }))
  })

  it('that is a commitment can be broken', () => {
    expect(pledged('COMMITMENT').status).toBe('BROKEN')
  })
})
