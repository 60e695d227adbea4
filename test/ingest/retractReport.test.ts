import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { readReportRetraction } from '../../src/ingest/retractReport.ts'
import { type Mending, mendingOf } from '../support/mending.ts'
import { openRecord, type Record } from '../support/record.ts'
import { stateOf } from '../support/refused.ts'
import { revisionsOf } from '../support/revisions.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
let desk: Mending
beforeAll(async () => {
  record = await openRecord()
  desk = mendingOf(record)
})
afterAll(() => record[Symbol.asyncDispose]())

// Every test has a development of its own, so that they share the record.
let round = 0
let swap = ''
beforeEach(() => {
  round++
  swap = `swap-${round}`
})

const idOf = (name: string) => `${name}-${round}`
function report(name: string, on: string, fields: Partial<Parameters<typeof exchange>[0]> = {}) {
  const outlet = name.startsWith('wire') ? 'wire' : 'gazette'
  return dispatchOf({ id: idOf(name), outlet, on }, exchange({ ref: swap, status: 'AGREED', on, ...fields }))
}

const revisions = (ref = swap) => revisionsOf(record.database, ref)

async function current() {
  return (await revisions()).find((r) => r.supersededBy === null)
}

const told = (rows: Awaited<ReturnType<typeof revisions>>) =>
  rows.map((r) => [r.action, r.status, r.knownAt.toISOString().slice(0, 10), r.reportCount, r.empty])

describe('the retraction of a report', () => {
  it('deprecates its claims with the reason, and counts it no more', async () => {
    await record.ingest(report('wire', '2023-12-07', { count: 32 }))
    await record.ingest(report('gazette', '2023-12-08', { count: 31, headline: 'Thirty-one to be freed' }))
    await desk.retractReport(idOf('wire'))
    const now = await current()
    expect(now).toMatchObject({ action: 'CORRECTED', reason: 'The desk says so', reportCount: 1 })
    expect(now).toMatchObject({ independentSourceCount: 1, headline: 'Thirty-one to be freed' })
    expect(now?.facets).toMatchObject({ outlets: ['gazette'] })
    expect(now?.citations.map((c) => c.reportId)).toEqual([idOf('wire'), idOf('gazette')])
    const ofWire = now?.claims.filter((c) => now.citations[c.citationNo]?.reportId === idOf('wire')) ?? []
    expect(ofWire.length).toBeGreaterThan(4)
    expect(ofWire.every((c) => c.rank === 'DEPRECATED' && c.rankReason === 'The desk says so' && !c.standing)).toBe(
      true,
    )
  })

  it('leaves of the days on which only it was known that nothing was', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-13', { status: 'CARRIED_OUT' }))
    await desk.retractReport(idOf('wire'))
    expect(told((await revisions()).slice(2))).toEqual([
      ['BACKDATED', null, '2023-12-07', 0, true],
      ['CORRECTED', 'CARRIED_OUT', '2023-12-13', 1, false],
    ])
  })

  it('retracts what only it told, which comes back with the first other report', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await desk.retractReport(idOf('wire'))
    expect(await current()).toMatchObject({ action: 'RETRACTED', reason: 'The desk says so', reportCount: 0 })
    const reinstated = record.write((pen) => reinstate(pen, readWithdrawal({ ref: swap, reason: 'x' })))
    await expect(reinstated).rejects.toThrow(
      `ref: must be told by a report that was not retracted, before it is reinstated, got "${swap}"`,
    )
    expect(await record.ingest(report('gazette', '2023-12-08'))).toMatchObject({ amended: [swap], withheld: [] })
    expect(told((await revisions()).slice(2))).toEqual([
      ['BACKDATED', null, '2023-12-07', 0, true],
      ['REINSTATED', 'AGREED', '2023-12-08', 1, false],
    ])
  })

  it('does not bring back what the desk retracted itself', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.write((pen) => retract(pen, readWithdrawal({ ref: swap, reason: 'A hoax' })))
    await desk.retractReport(idOf('wire'))
    expect(await record.ingest(report('gazette', '2023-12-08'))).toMatchObject({ amended: [], withheld: [swap] })
    await record.write((pen) => reinstate(pen, readWithdrawal({ ref: swap, reason: 'True after all' })))
    expect(await current()).toMatchObject({ action: 'REINSTATED', reportCount: 1 })
  })

  it('holds for what arrives of it later: deprecated, or withheld at once where only it tells it', async () => {
    await record.ingest(report('wire', '2023-12-07'))
    await record.ingest(report('gazette', '2023-12-08'))
    await desk.retractReport(idOf('wire'))
    const alone = `alone-${round}`
    const second = dispatchOf(
      { id: idOf('wire'), outlet: 'wire', on: '2023-12-07' },
      exchange({ ref: swap, status: 'CARRIED_OUT', on: '2023-12-07', count: 12 }),
      exchange({ ref: alone, status: 'AGREED', on: '2023-12-07' }),
    )
    expect(await record.ingest(second)).toMatchObject({ created: [], amended: [swap], withheld: [alone] })
    expect(await current()).toMatchObject({ action: 'AMENDED', status: 'AGREED', reportCount: 1 })
    expect(told(await revisions(alone))).toEqual([['RETRACTED', null, '2024-01-01', 0, false]])
    await record.ingest(report('gazette-b', '2023-12-09', { ref: alone }))
    expect((await revisions(alone)).map((r) => r.action)).toEqual(['RETRACTED', 'REINSTATED'])
  })

  it('beats an editor who had preferred what it claims', async () => {
    await record.ingest(report('wire', '2023-12-07', { count: 32 }))
    await record.ingest(report('gazette', '2023-12-08', { count: 31 }))
    const value = { figure: { measure: 'RELEASED', best: 32 } }
    const prefer = { aspect: 'FIGURE', key: 'leg/from-north', value }
    const sent = readCorrection({ ref: swap, reason: 'Known to be right', basis: 'OUR_MISTAKE', changes: [{ prefer }] })
    await record.write((pen) => correct(pen, sent))
    await desk.retractReport(idOf('wire'))
    const counts = (await current())?.claims.filter((c) => c.aspect === 'FIGURE').map((c) => [c.rank, c.standing])
    expect(counts).toEqual([
      ['DEPRECATED', false],
      ['NORMAL', true],
    ])
  })

  it('takes its links back, and keeps those that others tell', async () => {
    const links = [{ type: 'FOLLOWS', to: `first-${round}` }]
    await record.ingest(report('gazette-a', '2023-12-01', { ref: `first-${round}` }))
    await record.ingest(report('wire', '2023-12-07', { links }))
    await record.ingest(report('gazette', '2023-12-08'))
    await desk.retractReport(idOf('wire'))
    expect((await current())?.links).toEqual([])
    await record.ingest(report('gazette-b', '2023-12-09', { links }))
    expect((await current())?.links).toMatchObject([{ targetId: `first-${round}` }])
  })

  it.each<[what: string, id: () => string, message: () => string]>([
    ['of nothing', () => 'nothing', () => 'report: must be the id of a report in the record, got "nothing"'],
    ['that was done', () => idOf('wire'), () => `report: must not be retracted already, got "${idOf('wire')}"`],
  ])('%s is refused and changes nothing', async (_what, id, message) => {
    await record.ingest(report('wire', '2023-12-07'))
    await desk.retractReport(idOf('wire'))
    const before = await stateOf(record)
    await expect(desk.retractReport(id())).rejects.toThrow(message())
    expect(await stateOf(record)).toEqual(before)
  })

  it('without a reason is refused', () => {
    expect(() => readReportRetraction({ report: 'wire' })).toThrow('reason: must be a string')
  })
})
