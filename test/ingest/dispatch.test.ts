import { afterEach, describe, expect, it } from 'vitest'
import { openRecord, type Record } from '../support/record.ts'
import { revisionsOf } from '../support/revisions.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
afterEach(() => record[Symbol.asyncDispose]())

const agreed = dispatchOf(
  { id: 'r1', outlet: 'wire', on: '2023-12-07' },
  exchange({ status: 'AGREED', on: '2023-12-07' }),
)
const done = dispatchOf(
  { id: 'r2', outlet: 'gazette', on: '2023-12-13' },
  exchange({ status: 'CARRIED_OUT', on: '2023-12-13' }),
)

const revisions = (of: Record) => revisionsOf(of.database)

describe('a dispatch', () => {
  it('makes a development with its first revision', async () => {
    record = await openRecord()
    const accepted = await record.ingest(agreed)
    expect(accepted).toMatchObject({ created: ['swap'], amended: [], revisions: 1, unchanged: false })
    const [first] = await revisions(record)
    expect(first).toMatchObject({ position: 1, number: 1, action: 'CREATED', status: 'AGREED', supersededBy: null })
    expect(first?.legs[0]).toMatchObject({ releasedById: 'north', receivedById: 'south' })
    expect(first?.knownAt.toISOString()).toBe('2023-12-07T23:59:59.999Z')
  })

  it('adds its evidence to a development that is known, and moves the status forward', async () => {
    record = await openRecord()
    await record.ingest(agreed)
    expect(await record.ingest(done)).toMatchObject({ created: [], amended: ['swap'], revisions: 1 })
    const [first, second] = await revisions(record)
    expect(first).toMatchObject({ supersededBy: 2 })
    expect(second).toMatchObject({ action: 'AMENDED', status: 'CARRIED_OUT', replaces: 1, independentSourceCount: 2 })
    expect(second?.milestones.map((m) => m.status)).toEqual(['AGREED', 'CARRIED_OUT'])
  })

  it('that arrives late writes what was known in between, too', async () => {
    record = await openRecord()
    await record.ingest(done)
    expect(await record.ingest(agreed)).toMatchObject({ revisions: 2 })
    const [, backdated, current] = await revisions(record)
    expect(backdated).toMatchObject({ action: 'BACKDATED', status: 'AGREED', supersededBy: 2 })
    expect(backdated?.knownUntil?.toISOString()).toBe('2023-12-13T23:59:59.999Z')
    expect(current).toMatchObject({ action: 'AMENDED', status: 'CARRIED_OUT', supersededBy: null })
  })

  it('changes nothing when it comes again', async () => {
    record = await openRecord()
    await record.ingest(agreed)
    expect(await record.ingest(agreed)).toMatchObject({ unchanged: true, revisions: 0 })
    expect(await record.head()).toBe(1)
  })

  it('never overwrites a figure: the other one is a claim beside it', async () => {
    record = await openRecord()
    await record.ingest(agreed)
    const other = exchange({ status: 'AGREED', on: '2023-12-07', count: 31 })
    await record.ingest(dispatchOf({ id: 'r3', outlet: 'gazette', on: '2023-12-08' }, other))
    const current = (await revisions(record)).at(-1)
    expect(current?.legs[0]?.count).toMatchObject({ best: 32 })
    const counts = current?.claims.filter((c) => c.aspect === 'FIGURE')
    expect(counts?.map((c) => [(c.value as { figure: { best: number } }).figure.best, c.standing])).toEqual([
      [32, true],
      [31, false],
    ])
    const disagreements = await record.database.prisma.disagreement.findMany({
      where: { position: current?.position as number },
    })
    expect(disagreements).toMatchObject([{ aspect: 'FIGURE', key: 'leg/from-north', relation: 'CONTRADICTS' }])
  })

  it('leaves nothing behind when it is refused', async () => {
    record = await openRecord()
    const wrong = exchange({ status: 'AGREED', on: '2023-12-07', participants: [{ actor: 'Nobody', role: 'PARTY' }] })
    const both = dispatchOf(
      { id: 'r4', on: '2023-12-07' },
      exchange({ status: 'AGREED', on: '2023-12-07', ref: 'other' }),
      wrong,
    )
    await expect(record.ingest(both)).rejects.toThrow(
      'developments[1].participants[0].actor: must name an actor that the record knows, or the dispatch must introduce it under `actors`, got "Nobody"',
    )
    expect(await record.database.prisma.development.count()).toBe(0)
    expect(await record.head()).toBe(0)
  })
})
