import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readWithdrawal, retract } from '../../src/ingest/desk.ts'
import { type Api, openSeededApi } from '../support/api.ts'

let api: Api
beforeAll(async () => {
  api = await openSeededApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const coded = async (argument = '') => {
  const { developments } = await api.ask(
    `{ developments(first: 100${argument}) { nodes { ref plover { eventType mode quadClass } } } }`,
  )
  return new Map<string, { eventType: string; mode: string | null } | null>(
    developments.nodes.map(({ ref, plover }: { ref: string; plover: never }) => [ref, plover]),
  )
}

describe('the PLOVER codes of the seed', () => {
  it('are those of what the reports tell', async () => {
    const codes = await coded()
    const code = (ref: string) => {
      const { eventType, mode } = codes.get(ref) ?? {}
      return [eventType ?? null, mode ?? null]
    }
    expect(code('exchange-32-2')).toEqual(['RETREAT', 'RELEASE'])
    expect(codes.get('exchange-32-2')).toMatchObject({ quadClass: 'MATERIAL_COOPERATION' })
    expect(code('spain-talks')).toEqual(['REJECT', 'MEET'])
    expect(code('iran-talks')).toEqual(['CONSULT', null])
    expect(code('offensive')).toEqual(['ASSAULT', null])
    expect(code('surrender')).toEqual(['RETREAT', 'DISARM'])
    expect(code('separatist-leaders-detained')).toEqual(['COERCE', 'ARREST'])
    expect(code('treaty')).toEqual(['AGREE', null])
    expect(codes.get('secession')).toBeNull()
    expect(codes.get('displacement')).toBeNull()
  })

  it('are those of the time that is asked for', async () => {
    expect((await coded(', asOf: "2023-12-10T00:00:00Z"')).get('exchange-32-2')).toMatchObject({ eventType: 'AGREE' })
  })

  it('are withheld with what was retracted', async () => {
    await api.record.write((pen) => retract(pen, readWithdrawal({ ref: 'offensive', reason: 'For a test' })))
    const { development } = await api.ask('{ development(ref: "offensive") { __typename plover { eventType } } }')
    expect(development).toEqual({ __typename: 'Tombstone', plover: null })
  })
})
