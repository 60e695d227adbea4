import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openReleaser, type ReleaserOptions } from '../../src/ingest/releaser.ts'
import { listAudit } from '../../src/store/audit.ts'
import { tester } from '../support/author.ts'
import { setGate } from '../support/gate.ts'
import { type HeldDesk, heldDeskOf, until } from '../support/held.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'
import { recordStatements } from '../support/statements.ts'

let record: Record
let desk: HeldDesk
beforeEach(async () => {
  record = await openRecord()
  desk = heldDeskOf(record)
})
afterEach(() => record[Symbol.asyncDispose]())

const due = '2024-01-02T00:00:00Z'

function dispatch(ref: string, fields: object = {}): object {
  return dispatchOf(
    { id: `report-${ref}`, outlet: 'wire', on: '2023-12-07' },
    exchange({ status: 'AGREED', on: '2023-12-07', ref, ...fields }),
  )
}

/** The clock of the servers: it stands still until it is set. */
let clock: Date
interface Told {
  readonly released: { readonly next: () => Promise<void>; count: number }
  readonly errors: unknown[]
}

/** A releaser as main opens it, and what it tells. */
async function open(options: Partial<ReleaserOptions> = {}) {
  let wake = () => {}
  const errors: unknown[] = []
  const told: Told = {
    errors,
    released: { count: 0, next: () => new Promise<void>((resolve) => (wake = resolve)) },
  }
  const releaser = await openReleaser({
    ...{ pool: record.database.pool, now: () => clock, pollMs: 60_000 },
    onRelease() {
      told.released.count++
      wake()
    },
    log: (error) => errors.push(error),
    ...options,
  })
  return { ...told, close: releaser.close, [Symbol.asyncDispose]: releaser.close }
}

describe('a server', () => {
  it('takes in at its start what fell due while none ran, in the order of the moments, and nothing else', async () => {
    await record.ingest(until('2024-01-03T00:00:00Z', dispatch('second')))
    await record.ingest(until(due, dispatch('first')))
    await record.ingest(until('2024-01-09T00:00:00Z', dispatch('third')))
    clock = new Date('2024-01-05T00:00:00Z')
    await using server = await open()
    expect(server.released.count).toBe(2)
    const { rows } = await record.database.pool.query(
      'select "developmentId" as ref, "recordedAt" from "Revision" order by position',
    )
    expect(rows).toEqual([
      { ref: 'first', recordedAt: clock },
      { ref: 'second', recordedAt: clock },
    ])
    expect((await desk.list()).map(({ reportId }) => reportId)).toEqual(['report-third'])
    const [deed] = await listAudit(record.database.pool, { before: null, limit: 1, act: null, who: null })
    expect(deed).toMatchObject({
      act: 'INGEST',
      subject: 'report-second',
      who: tester.name,
      fromAddress: tester.address,
    })
  })

  it('takes one in when it is due, by its clock and not sooner', async () => {
    clock = new Date(Date.parse(due) - 50)
    await record.ingest(until(due, dispatch('swap')))
    await using server = await open()
    const released = server.released.next()
    expect(await record.head()).toBe(0)
    clock = new Date(due)
    await released
    expect(await desk.single()).toMatchObject({ standing: 'RELEASED', endedAt: clock, endedBy: tester.name })
    expect(await record.head()).toBe(1)
  })

  it('finds by its poll what another one has taken in meanwhile', async () => {
    clock = new Date(due)
    await using server = await open({ pollMs: 20 })
    const released = server.released.next()
    await record.ingest(until(due, dispatch('swap')))
    await released
    expect(await record.head()).toBe(1)
  })

  it('takes one in once, whoever else tries at the same time', async () => {
    await record.ingest(until(due, dispatch('swap')))
    clock = new Date(due)
    const gate = await setGate(record.url, 'Dispatch', 'true')
    const servers = [open(), open(), open()]
    await gate.reached()
    // One writes; the others have found it due, and wait for the pen.
    await expect
      .poll(async () => {
        const { rows } = await record.database.pool.query(
          `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows[0].waiting
      })
      .toBe(3)
    await gate.open()
    const opened = await Promise.all(servers)
    expect(opened.map(({ released }) => released.count).sort()).toEqual([0, 0, 1])
    expect(opened.flatMap(({ errors }) => errors)).toEqual([])
    expect(await record.head()).toBe(1)
    for (const { close } of opened) await close()
    await gate[Symbol.asyncDispose]()
  })

  it('keeps what the record cannot take by then, with the reasons, and does not try again until the desk has edited it', async () => {
    await record.ingest(until(due, { ...dispatch('swap'), outlets: [{ id: 'wire', name: 'The Wire' }] }))
    // Meanwhile the same ref is told as another kind.
    const { dispatch: id } = await record
      .ingest(
        dispatchOf(
          { id: 'other', on: '2023-12-07' },
          { ref: 'swap', kind: 'INCIDENT', type: 'ASSAULT', headline: 'x', citations: [{ locator: 'lead' }] },
        ),
      )
      .then(() => desk.list())
      .then(([held]) => ({ dispatch: held?.id as string }))
    clock = new Date(due)
    await using server = await open()
    expect(server.released.count).toBe(0)
    expect(await desk.single()).toMatchObject({
      standing: 'REFUSED',
      problems: [{ path: 'developments[0].kind', value: '"EXCHANGE"' }],
    })
    const statements = recordStatements()
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate)
    expect(statements).toEqual([])
    await desk.edit(id, dispatch('another'), clock)
    await using other = await open()
    expect(other.released.count).toBe(1)
    expect(await desk.single()).toMatchObject({ standing: 'RELEASED', problems: null })
  })

  it('goes on after the database was away, of which others say enough', async () => {
    await record.ingest(until(due, dispatch('swap')))
    clock = new Date(due)
    const gate = await setGate(record.url, 'Dispatch', 'true')
    const opening = open({ pollMs: 20 })
    await gate.reached()
    // Its connection is killed in the midst of the release.
    await record.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
    )
    await using server = await opening
    expect(server.errors).toEqual([])
    expect(await record.head()).toBe(0)
    const released = server.released.next()
    await gate.open()
    await released
    expect(await desk.single()).toMatchObject({ standing: 'RELEASED' })
    expect(await record.head()).toBe(1)
    await gate[Symbol.asyncDispose]()
  })

  it('finishes what it is at when it closes, and leaves no timer', async () => {
    clock = new Date(Date.parse(due) - 50)
    await record.ingest(until(due, dispatch('swap')))
    const gate = await setGate(record.url, 'Dispatch', 'true')
    const server = await open()
    clock = new Date(due)
    await gate.reached()
    const closed = server.close()
    await gate.open()
    await closed
    expect(await record.head()).toBe(1)
    await record.ingest(until('2024-01-02T00:00:01Z', dispatch('late')))
    clock = new Date('2024-01-03T00:00:00Z')
    const statements = recordStatements()
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate)
    expect(statements).toEqual([])
    await gate[Symbol.asyncDispose]()
  })
})
