import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { correct, readCorrection, readWithdrawal, reinstate, retract } from '../../src/ingest/desk.ts'
import { readMerge } from '../../src/ingest/merge.ts'
import { type Mending, mendingOf } from '../support/mending.ts'
import { talk } from '../support/news.ts'
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

// Every test has developments of its own, so that they share the record.
let round = 0
let [swap, twin] = ['', '']
beforeEach(() => {
  round++
  ;[swap, twin] = [`swap-${round}`, `twin-${round}`]
})

function report(name: string, on: string, ...developments: object[]) {
  return dispatchOf(
    { id: `${name}-${round}`, outlet: name.startsWith('wire') ? 'wire' : 'gazette', on },
    ...developments,
  )
}

/** Agreed by one report under one ref, carried out by a later one under another. */
async function tellTwice(): Promise<void> {
  await record.ingest(report('wire', '2023-12-07', exchange({ ref: swap, status: 'AGREED', on: '2023-12-07' })))
  await record.ingest(
    report('gazette', '2023-12-13', exchange({ ref: twin, status: 'CARRIED_OUT', on: '2023-12-13', count: 31 })),
  )
}

const revisions = (ref: string) => revisionsOf(record.database, ref)

const told = (rows: Awaited<ReturnType<typeof revisions>>) =>
  rows.map((r) => [r.action, r.status, r.knownAt.toISOString().slice(0, 10), r.reportCount])

describe('a merge', () => {
  it('unites the evidence of both in the one that stays, with a tombstone of the other behind it', async () => {
    await tellTwice()
    const head = await record.head()
    await desk.merge(twin, swap)
    expect(told(await revisions(swap))).toEqual([
      ['CREATED', 'AGREED', '2023-12-07', 1],
      ['AMENDED', 'CARRIED_OUT', '2023-12-13', 2],
    ])
    const [amended, merged] = [(await revisions(swap)).at(-1), (await revisions(twin)).at(-1)]
    expect([amended?.position, merged?.position]).toEqual([head + 1, head + 2])
    expect(merged).toMatchObject({ action: 'MERGED', reason: 'The desk says so', headline: 'Merged', claims: [] })
    expect(merged?.deskAction).toMatchObject({ kind: 'MERGE', body: { ref: twin, into: swap } })
    expect(amended?.deskActionId).toBe(merged?.deskActionId)
  })

  it('tells the past anew where the one that goes was known earlier', async () => {
    await tellTwice()
    await desk.merge(swap, twin)
    expect(told((await revisions(twin)).slice(1))).toEqual([
      ['BACKDATED', 'AGREED', '2023-12-07', 1],
      ['AMENDED', 'CARRIED_OUT', '2023-12-13', 2],
    ])
  })

  it('brings what is told later under the old ref to the one that stays, and the same dispatch again changes nothing', async () => {
    await tellTwice()
    await desk.merge(twin, swap)
    const late = report('wire-late', '2023-12-14', exchange({ ref: twin, status: 'CARRIED_OUT', on: '2023-12-13' }))
    expect(await record.ingest(late)).toMatchObject({ created: [], amended: [swap], withheld: [], revisions: 1 })
    expect((await revisions(swap)).at(-1)).toMatchObject({ action: 'AMENDED', reportCount: 3 })
    expect((await revisions(twin)).at(-1)?.action).toBe('MERGED')
    expect(await record.ingest(late)).toMatchObject({ unchanged: true, revisions: 0 })
  })

  it('takes along what the desk had deprecated, and not how it had worded the one that goes', async () => {
    await tellTwice()
    const value = { figure: { measure: 'RELEASED', best: 31 } }
    const sent = {
      ...{ ref: twin, reason: 'Misread', basis: 'OUR_MISTAKE', headline: 'Thirty-one freed' },
      changes: [{ deprecate: { aspect: 'FIGURE', key: 'leg/from-north', value } }],
    }
    await record.write((pen) => correct(pen, readCorrection(sent)))
    await desk.merge(twin, swap)
    await record.ingest(
      report('wire-late', '2023-12-14', exchange({ ref: swap, status: 'CARRIED_OUT', on: '2023-12-13', count: 31 })),
    )
    const now = (await revisions(swap)).at(-1)
    const counts = now?.claims.filter((c) => c.aspect === 'FIGURE').map((c) => [c.rank, c.rankReason, c.standing])
    expect(counts).toEqual([
      ['NORMAL', null, true],
      ['DEPRECATED', 'Misread', false],
      ['DEPRECATED', 'Misread', false],
    ])
    expect(now?.headline).toBe('Prisoners exchanged')
  })

  it('leaves no link of a development to itself', async () => {
    const links = [{ type: 'FOLLOWS', to: swap }]
    await record.ingest(
      report(
        'wire',
        '2023-12-07',
        exchange({ ref: swap, status: 'AGREED', on: '2023-12-07' }),
        exchange({ ref: twin, status: 'AGREED', on: '2023-12-07', count: 31, links }),
      ),
    )
    await desk.merge(twin, swap)
    expect((await revisions(twin))[0]?.links).toHaveLength(1)
    expect((await revisions(swap)).at(-1)?.links).toEqual([])
  })

  it('follows from one to the next', async () => {
    const third = `third-${round}`
    await tellTwice()
    await record.ingest(report('wire-b', '2023-12-15', exchange({ ref: third, status: 'AGREED', on: '2023-12-07' })))
    await desk.merge(third, twin)
    await desk.merge(twin, swap)
    await record.ingest(report('wire-c', '2023-12-16', exchange({ ref: third, status: 'AGREED', on: '2023-12-07' })))
    expect((await revisions(swap)).at(-1)).toMatchObject({ status: 'CARRIED_OUT', reportCount: 4 })
  })

  it('into one that is retracted later withholds both, and gives both back', async () => {
    await tellTwice()
    await desk.merge(twin, swap)
    const withheld = async () => {
      const rows = await record.database.prisma.development.findMany({ where: { id: { in: [swap, twin] } } })
      return rows.map((row) => row.withheld)
    }
    const sent = readWithdrawal({ ref: swap, reason: 'A hoax' })
    await record.write((pen) => retract(pen, sent))
    expect(await withheld()).toEqual([true, true])
    await record.write((pen) => reinstate(pen, sent))
    expect(await withheld()).toEqual([false, false])
  })

  it.each<[what: string, act: () => Promise<unknown>, message: () => string]>([
    ['with itself', () => desk.merge(swap, swap), () => `into: must be another development, got "${swap}"`],
    [
      'of what is not there',
      () => desk.merge('nothing', swap),
      () => 'ref: must be the ref of a development in the record, got "nothing"',
    ],
    [
      'into what is not there',
      () => desk.merge(swap, 'nothing'),
      () => 'into: must be the ref of a development in the record, got "nothing"',
    ],
    [
      'with another kind',
      () => desk.merge(swap, `meeting-${round}`),
      () => `into: must be of the kind EXCHANGE, as ${swap} is; it is of TALK, got "meeting-${round}"`,
    ],
    [
      'of what is retracted',
      () => desk.merge(`gone-${round}`, swap),
      () => `ref: must be reinstated before it is merged, got "gone-${round}"`,
    ],
    [
      'into what is retracted',
      () => desk.merge(swap, `gone-${round}`),
      () => `into: must be reinstated before it is merged, got "gone-${round}"`,
    ],
    [
      'of what is merged',
      () => desk.merge(`part-${round}`, swap),
      () => `ref: must not be merged: ${twin} holds it now, got "part-${round}"`,
    ],
    [
      'into what is merged',
      () => desk.merge(swap, `part-${round}`),
      () => `into: must not be merged: ${twin} holds it now, got "part-${round}"`,
    ],
    ['without a reason', async () => readMerge({ ref: swap, into: twin }), () => 'reason: must be a string'],
    [
      'that a correction should go on with',
      () =>
        record.write((pen) =>
          correct(pen, readCorrection({ ref: `part-${round}`, reason: 'x', basis: 'OUR_MISTAKE', headline: 'x' })),
        ),
      () => `ref: must not be merged: ${twin} holds it now, got "part-${round}"`,
    ],
    [
      'that a reinstatement should undo',
      () => record.write((pen) => reinstate(pen, readWithdrawal({ ref: `part-${round}`, reason: 'x' }))),
      () => `ref: must not be merged: ${twin} holds it now, got "part-${round}"`,
    ],
  ])('%s is refused and changes nothing', async (_what, act, message) => {
    await tellTwice()
    await record.ingest(
      report(
        'wire-b',
        '2023-12-07',
        talk(`meeting-${round}`, '2023-12-07'),
        exchange({ ref: `gone-${round}`, status: 'AGREED', on: '2023-12-07' }),
        exchange({ ref: `part-${round}`, status: 'AGREED', on: '2023-12-07' }),
      ),
    )
    await record.write((pen) => retract(pen, readWithdrawal({ ref: `gone-${round}`, reason: 'A hoax' })))
    await desk.merge(`part-${round}`, twin)
    const before = await stateOf(record)
    await expect(act()).rejects.toThrow(message())
    expect(await stateOf(record)).toEqual(before)
  })
})
