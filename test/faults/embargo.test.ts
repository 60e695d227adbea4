import { afterAll, beforeAll, expect, it } from 'vitest'
import { listAudit } from '../../src/store/audit.ts'
import { originOf } from '../support/ask.ts'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { byWebSocket } from '../support/follower.ts'
import { heldDeskOf, until } from '../support/held.ts'
import { openRecord, type Record } from '../support/record.ts'
import { dispatchOf, exchange } from '../support/sample.ts'

let record: Record
let fleet: Fleet
beforeAll(async () => {
  record = await openRecord()
  fleet = openFleet(record.url)
})
afterAll(async () => {
  await fleet[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

const dispatch = (ref: string) =>
  dispatchOf({ id: `report-${ref}`, on: '2023-12-07' }, exchange({ status: 'AGREED', on: '2023-12-07', ref }))

it('what falls due while no server runs is taken in by the next ones, and what does later by any of them, each once', async () => {
  await record.ingest(until('2024-06-01T00:00:00Z', dispatch('missed')))
  const [one, other] = await Promise.all([fleet.start(), fleet.start()])
  expect([await one.head(), await other.head()]).toEqual([1, 1])

  const follower = byWebSocket(other.port, { after: await originOf({ url: one.address }) })
  await follower.state('CAUGHT_UP')
  await record.ingest(until(new Date(Date.now() + 1500).toISOString(), dispatch('awaited')), new Date())
  expect(await record.head()).toBe(1)
  expect(await follower.change()).toMatchObject({ ref: 'awaited', action: 'CREATED', position: 2 })
  follower.stop()

  for (const { code } of await Promise.all([one.terminate(), other.terminate()])) expect(code).toBe(0)
  expect(await record.head()).toBe(2)
  expect((await heldDeskOf(record).list(true)).map(({ standing }) => standing)).toEqual(['RELEASED', 'RELEASED'])
  const deeds = await listAudit(record.database.pool, { before: null, limit: 10, act: 'INGEST', who: null })
  expect(deeds.map(({ subject }) => subject)).toEqual(['report-awaited', 'report-missed'])
}, 120_000)
