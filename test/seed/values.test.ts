import { describe, expect, it } from 'vitest'
import { independentSources } from '../../src/domain/citation.ts'
import type { Content, Detail } from '../../src/domain/content.ts'
import type { Kind } from '../../src/domain/kind.ts'
import { openPledge } from '../../src/domain/pledge.ts'
import { evidence, known, refs } from './seed.ts'

function detail<K extends Kind>(content: Content, kind: K): Extract<Detail, { kind: K }> {
  if (content.detail.kind !== kind) throw new Error(`a ${content.detail.kind}, not a ${kind}`)
  return content.detail as Extract<Detail, { kind: K }>
}

function days(ref: string, day?: string): (string | null)[] {
  const when = known(ref, day).when
  return [when?.earliest?.slice(0, 10) ?? null, when?.latest?.slice(0, 10) ?? null]
}

function inRole(ref: string, role: string, day?: string): string[] {
  const actors = known(ref, day).participants.filter((p) => p.role === role)
  return actors.map(({ id, onBehalfOf }) => (onBehalfOf === undefined ? id : `${id} for ${onBehalfOf}`))
}

describe('the exchange', () => {
  it('is carried out on 13 December: 32 for two', () => {
    const content = known('exchange-32-2')
    expect(content).toMatchObject({ status: 'CARRIED_OUT', place: 'gazakh-sector' })
    expect(content.milestones.map((m) => [m.status, m.when?.earliest?.slice(0, 10)])).toEqual([
      ['AGREED', '2023-12-07'],
      ['CARRIED_OUT', '2023-12-13'],
    ])
    expect(days('exchange-32-2')).toEqual(['2023-12-13', '2023-12-13'])
    expect(detail(content, 'EXCHANGE').legs).toMatchObject([
      {
        key: 'from-azerbaijan',
        releasedBy: 'azerbaijan',
        receivedBy: 'armenia',
        count: { best: 32, stage: 'DELIVERED' },
      },
      { key: 'from-armenia', releasedBy: 'armenia', receivedBy: 'azerbaijan', count: { best: 2, stage: 'DELIVERED' } },
    ])
  })

  it('was agreed and not carried out, as known on 10 December', () => {
    const content = known('exchange-32-2', '2023-12-10')
    expect(content).toMatchObject({ status: 'AGREED', place: null })
    expect(content.headline).toBe('Armenia and Azerbaijan agree to exchange 32 prisoners for two')
    expect(days('exchange-32-2', '2023-12-10')).toEqual(['2023-12-07', '2023-12-07'])
    expect(detail(content, 'EXCHANGE').legs.map((leg) => leg.count)).toMatchObject([
      { best: 32, stage: 'PLEDGED' },
      { best: 2, stage: 'PLEDGED' },
    ])
    expect(inRole('exchange-32-2', 'FACILITATOR', '2023-12-10')).toEqual([])
  })

  it('tells since when its prisoners were held, and who says so', () => {
    const [armenians, azerbaijanis] = detail(known('exchange-32-2'), 'EXCHANGE').legs
    expect(armenians?.heldSince).toMatchObject({ asReported: 'mostly … late 2020' })
    expect(armenians?.groups).toMatchObject([
      { key: 'captured-2020-2023', count: { best: 31 }, heldSince: { precision: 'RANGE' } },
      { key: 'captured-in-september', count: { best: 1 }, heldSince: { precision: 'MONTH' } },
    ])
    expect(azerbaijanis?.heldSince).toMatchObject({ precision: 'MONTH', earliest: '2023-04-01T00:00:00.000Z' })
    const claimants = known('exchange-32-2').claims.filter(
      (c) => c.aspect === 'HELD_SINCE' && c.key.includes('/group/'),
    )
    expect(claimants.map((c) => c.claimant)).toEqual(['pashinyan', 'pashinyan'])
  })

  it('names its outside mediators and the Red Cross', () => {
    expect(inRole('exchange-32-2', 'MEDIATOR')).toEqual(['eu', 'us', 'russia'])
    expect(inRole('exchange-32-2', 'FACILITATOR')).toEqual(['icrc'])
  })
})

describe('the talks', () => {
  it('in Spain and the US did not take place: Azerbaijan declined, with its reasons', () => {
    for (const ref of ['spain-talks', 'us-talks']) {
      const content = known(ref)
      expect(content.status).toBe('CANCELLED')
      expect(detail(content, 'TALK').invitations).toMatchObject([{ invitee: 'azerbaijan', response: 'DECLINED' }])
    }
    const reasons = known('spain-talks').claims.filter((c) => c.aspect === 'REASON')
    expect(reasons.map((c) => [c.claimant, c.value])).toEqual([
      ['azerbaijan', { text: 'Western countries are biased.' }],
      ['aliyev', { text: 'France is biased.' }],
    ])
    expect(detail(known('spain-talks'), 'TALK').invitations[0]?.respondedBy).toBe('aliyev')
    expect(days('spain-talks')).toEqual(['2023-10-01', '2023-10-31'])
    expect(days('us-talks')).toEqual(['2023-11-20', '2023-11-20'])
  })

  it('in Washington are proposed by Blinken and accepted by Armenia alone', () => {
    const content = known('washington-ministers')
    expect(content.status).toBe('PROPOSED')
    expect(detail(content, 'TALK').invitations).toMatchObject([
      { invitee: 'armenia', invitedBy: 'blinken', response: 'ACCEPTED' },
    ])
    expect(detail(content, 'TALK').invitations).toHaveLength(1)
    expect(content.when).toMatchObject({ precision: 'UNKNOWN' })
  })

  it('were held in Brussels in May, in Iran at the end of October and between the offices', () => {
    for (const ref of ['brussels-may', 'iran-talks', 'offices-talks']) expect(known(ref).status).toBe('HELD')
    expect(days('brussels-may')).toEqual(['2023-05-01', '2023-05-31'])
    expect(known('brussels-may').citations.map((c) => c.part)).toEqual(['CAPTION'])
    expect(days('iran-talks')).toEqual(['2023-10-21', '2023-10-31'])
    expect(inRole('offices-talks', 'PARTY')).toEqual([
      'armenia-pm-office for armenia',
      'azerbaijan-president-administration for azerbaijan',
    ])
  })

  it('name their mediators', () => {
    expect(inRole('spain-talks', 'MEDIATOR')).toEqual(['michel for eu', 'macron for france', 'scholz for germany'])
    expect(inRole('leaders-meetings', 'MEDIATOR', '2023-12-10')).toEqual(['eu', 'us', 'russia'])
    expect(inRole('leaders-meetings', 'MEDIATOR')).toEqual(['michel for eu', 'us', 'russia'])
    expect(inRole('normalisation-track', 'MEDIATOR')).toEqual(['eu', 'us', 'russia'])
  })

  it('on normalisation were resumed, as known on 10 December, and are stalled since', () => {
    expect(known('normalisation-track', '2023-12-10').status).toBe('ONGOING')
    expect(known('normalisation-track').status).toBe('STALLED')
  })
})

describe('the pledges', () => {
  it('are open, and none of them is a date for the treaty', () => {
    const pledges = refs.filter((ref) => known(ref).detail.kind === 'PLEDGE')
    expect(pledges).toEqual([
      'cop-bureau-support',
      'cop29-support',
      'further-confidence-building',
      'reintegration',
      'treaty',
    ])
    for (const ref of pledges) {
      expect(openPledge).toContain(known(ref).status)
      expect(detail(known(ref), 'PLEDGE').due).toBeNull()
    }
    expect(known('treaty-by-year-end').detail).toMatchObject({ kind: 'STATEMENT', act: 'EXPECT' })
  })

  it('say who owes whom', () => {
    expect(inRole('cop29-support', 'PROMISOR')).toEqual(['armenia'])
    expect(inRole('cop-bureau-support', 'PROMISOR')).toEqual(['azerbaijan'])
    expect(detail(known('cop-bureau-support'), 'PLEDGE').terms).toContain('Eastern European Group')
  })
})

describe('the statements', () => {
  it('of the mediators respond to the joint statement', () => {
    expect(inRole('michel-welcome', 'SPEAKER')).toEqual(['michel for eu'])
    expect(inRole('miller-welcome', 'SPEAKER')).toEqual(['miller for us'])
    expect(inRole('powers-welcome', 'SPEAKER')).toEqual(['eu', 'us', 'turkiye', 'russia'])
    for (const ref of ['michel-welcome', 'miller-welcome', 'powers-welcome']) {
      expect(known(ref).links).toContainEqual({ type: 'RESPONDS_TO', to: 'joint-statement' })
    }
  })

  it('let Turkey and Russia speak only together with the others', () => {
    const speaking = refs.filter((ref) => inRole(ref, 'SPEAKER').some((id) => id === 'turkiye' || id === 'russia'))
    expect(speaking).toEqual(['powers-welcome'])
    expect(known('powers-welcome').detail).toMatchObject({ issue: 'COLLECTIVE' })
  })

  it('keep the count of prisoners with who counted', () => {
    const held = known('yerevan-55-held').claims.find((c) => c.aspect === 'FIGURE')
    expect(held).toMatchObject({ claimant: 'armenia', standing: true })
    expect(held?.value).toMatchObject({ figure: { best: 55, parts: [{ count: 41 }, { count: 6 }, { count: 8 }] } })
    expect(days('yerevan-55-held')).toEqual(['2023-11-01', '2023-11-30'])
  })
})

describe('the incidents', () => {
  it('have their dates as finely as the reports give them', () => {
    expect(days('offensive')).toEqual(['2023-09-19', '2023-09-19'])
    expect(days('surrender')).toEqual(['2023-09-20', '2023-09-20'])
    expect(days('displacement')).toEqual(['2023-09-19', null])
    expect(known('war-2020').when).toMatchObject({ precision: 'YEAR' })
    expect(known('secession').when).toMatchObject({ precision: 'YEAR', earliest: '1991-01-01T00:00:00.000Z' })
  })

  it('count the displaced as most reports do', () => {
    const standing = known('displacement').claims.filter((c) => c.aspect === 'FIGURE' && c.standing)
    expect(standing.map((c) => [c.key, c.value])).toContainEqual([
      'DISPLACED',
      { figure: expect.objectContaining({ low: 100000, qualifier: 'MORE_THAN' }) },
    ])
  })
})

describe('the sources', () => {
  it('count an agency text once, whoever repeats it', () => {
    const sources = (ref: string) => independentSources(known(ref).citations)
    expect(sources('reintegration')).toBe(1)
    expect(sources('yerevan-55-held')).toBe(1)
    expect(sources('michel-welcome')).toBe(3)
  })

  it('give the same record in whatever order they arrive', () => {
    const reports = [...new Set(evidence.map((e) => e.report))]
    const orders = permutations(reports)
    expect(orders).toHaveLength(120)
    const recorded = new Map(refs.map((ref) => [ref, known(ref)]))
    for (const order of orders) {
      const arrived = order.flatMap((report) => evidence.filter((e) => e.report === report))
      for (const ref of ['exchange-32-2', 'joint-statement', 'normalisation-track']) {
        expect(known(ref, undefined, arrived)).toEqual(recorded.get(ref))
      }
    }
  })
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))
}
