import { describe, expect, it } from 'vitest'
import { incidentTypes } from '../../src/domain/incident.ts'
import { kinds } from '../../src/domain/kind.ts'
import { type Codable, ploverOf, ploverTypes, quadClassOf } from '../../src/domain/plover.ts'
import { speechActs } from '../../src/domain/statement.ts'
import { statusesOf } from '../../src/domain/status.ts'

const coded = (fields: Partial<Codable> & Pick<Codable, 'kind'>) => {
  const code = ploverOf({ status: null, actors: [], ...fields })
  return code === null ? null : [code.type, code.mode].filter((part) => part !== null).join(' ')
}
const host = (id: string, onBehalfOf: string | null = null) => ({ id, role: 'HOST' as const, onBehalfOf })
const party = (id: string, onBehalfOf: string | null = null) => ({ id, role: 'PARTY' as const, onBehalfOf })

// The table of ploverOf(), line by line.
describe('the PLOVER code', () => {
  it.each<[Partial<Codable> & Pick<Codable, 'kind'>, string | null]>([
    [{ kind: 'STATEMENT', act: 'SUPPORT' }, 'SUPPORT'],
    [{ kind: 'STATEMENT', act: 'AGREE' }, 'AGREE'],
    [{ kind: 'STATEMENT', act: 'OFFER' }, 'AGREE'],
    [{ kind: 'STATEMENT', act: 'REQUEST' }, 'REQUEST'],
    [{ kind: 'STATEMENT', act: 'REJECT' }, 'REJECT'],
    [{ kind: 'STATEMENT', act: 'ACCUSE' }, 'ACCUSE DISAPPROVE'],
    [{ kind: 'STATEMENT', act: 'THREATEN' }, 'THREATEN'],
    [{ kind: 'STATEMENT', act: 'REMARK' }, null],
    [{ kind: 'TALK', status: 'PROPOSED' }, 'REQUEST MEET'],
    [{ kind: 'TALK', status: 'SCHEDULED' }, 'AGREE'],
    [{ kind: 'TALK', status: 'HELD' }, 'CONSULT'],
    [{ kind: 'TALK', status: 'HELD', actors: [party('north'), party('south'), host('east')] }, 'CONSULT THIRD_PARTY'],
    [{ kind: 'TALK', status: 'HELD', actors: [party('minister', 'north'), host('north')] }, 'CONSULT'],
    [{ kind: 'TALK', status: 'HELD', actors: [party('north'), host('governor', 'north')] }, 'CONSULT'],
    [{ kind: 'TALK', status: 'CANCELLED' }, 'REJECT MEET'],
    [{ kind: 'TALK', status: 'POSTPONED' }, null],
    [{ kind: 'TALK', status: 'STALLED' }, null],
    [{ kind: 'EXCHANGE', status: 'AGREED' }, 'AGREE'],
    [{ kind: 'EXCHANGE', status: 'PARTLY_CARRIED_OUT' }, 'RETREAT RELEASE'],
    [{ kind: 'EXCHANGE', status: 'CARRIED_OUT' }, 'RETREAT RELEASE'],
    [{ kind: 'EXCHANGE', status: 'FAILED' }, 'REJECT YIELD'],
    [{ kind: 'EXCHANGE' }, null],
    [{ kind: 'PLEDGE', status: 'MADE', strength: 'COMMITMENT' }, 'AGREE'],
    [{ kind: 'PLEDGE', status: 'BROKEN', strength: 'READINESS' }, 'AGREE'],
    [{ kind: 'PLEDGE', status: 'MADE', strength: 'HOPE' }, null],
    [{ kind: 'AGREEMENT', status: 'AGREED' }, 'AGREE'],
    [{ kind: 'AGREEMENT', status: 'SIGNED' }, 'SUPPORT'],
    [{ kind: 'AGREEMENT', status: 'IN_FORCE' }, 'SUPPORT'],
    [{ kind: 'AGREEMENT', status: 'SIGNED', stage: 'CEA' }, 'CONCEDE'],
    [{ kind: 'AGREEMENT', status: 'IN_FORCE', stage: 'CEA' }, 'RETREAT CEASEFIRE'],
    [{ kind: 'AGREEMENT' }, null],
    [{ kind: 'INCIDENT', type: 'SANCTION' }, 'SANCTION'],
    [{ kind: 'INCIDENT', type: 'HOSTILITIES' }, 'ASSAULT'],
    [{ kind: 'INCIDENT', type: 'SURRENDER' }, 'RETREAT DISARM'],
    [{ kind: 'INCIDENT', type: 'DETENTION' }, 'COERCE ARREST'],
    [{ kind: 'INCIDENT', type: 'SECESSION' }, null],
  ])('of %j is %s', (development, expected) => {
    expect(coded(development)).toBe(expected)
  })

  it('is settled for every status, act and type of every kind', () => {
    for (const kind of kinds) {
      for (const status of [null, ...statusesOf(kind)]) {
        for (const act of speechActs) {
          for (const type of incidentTypes) {
            const code = ploverOf({ kind, status, act, type, stage: null, strength: 'COMMITMENT', actors: [] })
            expect(code === null || ploverTypes.includes(code.type)).toBe(true)
          }
        }
      }
    }
  })

  it('has a class that tells words from deeds and cooperation from conflict', () => {
    const classes = ploverTypes.map((type) => quadClassOf[type])
    // In the manual's order the classes do not mix.
    expect([...new Set(classes)]).toEqual(classes.filter((found, i) => found !== classes[i - 1]))
    expect(quadClassOf.RETREAT).toBe('MATERIAL_COOPERATION')
    expect(quadClassOf.REJECT).toBe('VERBAL_CONFLICT')
  })
})
