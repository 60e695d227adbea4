import { describe, expect, it } from 'vitest'
import type { Kind } from '../../src/domain/kind.ts'
import { leadsTo, lifecycles, type Status, statuses, statusesOf, statusProblem } from '../../src/domain/status.ts'

const all = Object.keys(lifecycles) as Kind[]

describe.each(all)('the lifecycle of %s', (kind) => {
  const lifecycle = lifecycles[kind]

  it('leads only to statuses of its own', () => {
    for (const next of Object.values(lifecycle).flat()) expect(lifecycle).toHaveProperty(next as string)
  })

  it('has no status that nothing leads to but its first', () => {
    const [first, ...others] = statusesOf(kind)
    for (const status of others) expect(leadsTo(kind, first as Status, status), status).toBe(true)
  })
})

it('every status belongs to a kind', () => {
  const used = new Set(all.flatMap(statusesOf))
  expect(statuses.filter((status) => !used.has(status))).toEqual([])
})

describe('a status leads', () => {
  it.each<[Kind, Status, Status]>([
    ['EXCHANGE', 'AGREED', 'CARRIED_OUT'],
    ['EXCHANGE', 'PROPOSED', 'PARTLY_CARRIED_OUT'],
    ['EXCHANGE', 'PARTLY_CARRIED_OUT', 'CARRIED_OUT'],
    ['TALK', 'PROPOSED', 'HELD'],
    ['TALK', 'POSTPONED', 'HELD'],
    ['TALK', 'SCHEDULED', 'POSTPONED'],
    ['TALK', 'STALLED', 'ONGOING'],
    ['PLEDGE', 'MADE', 'BROKEN'],
    ['AGREEMENT', 'INITIALLED', 'IN_FORCE'],
  ])('of a %s from %s to %s', (kind, from, to) => {
    expect(leadsTo(kind, from, to)).toBe(true)
  })

  it.each<[Kind, Status, Status]>([
    ['EXCHANGE', 'CARRIED_OUT', 'AGREED'],
    ['EXCHANGE', 'CARRIED_OUT', 'CANCELLED'],
    ['EXCHANGE', 'CANCELLED', 'SCHEDULED'],
    ['TALK', 'HELD', 'CANCELLED'],
    ['PLEDGE', 'WITHDRAWN', 'FULFILLED'],
    ['AGREEMENT', 'ENDED', 'IN_FORCE'],
  ])('not of a %s from %s to %s', (kind, from, to) => {
    expect(leadsTo(kind, from, to)).toBe(false)
  })
})

describe('a kind', () => {
  it.each<[Kind, Status, string | undefined]>([
    ['TALK', 'HELD', undefined],
    ['AGREEMENT', 'HELD', 'be one of PROPOSED, AGREED, INITIALLED, SIGNED, IN_FORCE, EXPIRED, ENDED'],
    ['INCIDENT', 'HELD', 'be left out: INCIDENT has no lifecycle'],
  ])('%s with the status %s must %s', (kind, status, rule) => {
    expect(statusProblem(kind, status)).toBe(rule)
  })
})
