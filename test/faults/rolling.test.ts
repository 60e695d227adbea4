import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { LIGHT, SUBSCRIPTION, transports } from '../support/follower.ts'
import { openLine } from '../support/line.ts'
import { keepHappening } from '../support/news.ts'
import { expectReceived, provesWhole } from '../support/received.ts'
import { openRecord, type Record } from '../support/record.ts'
import { expectRecorded, swaps } from '../support/recorded.ts'
import { submitUntilTaken } from '../support/submit.ts'

let record: Record
let fleet: Fleet
beforeEach(async () => {
  record = await openRecord()
  fleet = openFleet(record.url)
})
afterEach(async () => {
  await fleet[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

it('F12 F2 a rolling restart of two servers under load, twice: who is told to go goes on at the other one, and has every position once', async () => {
  const servers = await Promise.all([fleet.start(), fleet.start()])
  await using first = await openLine(servers[0].port)
  await using second = await openLine(servers[1].port)
  const lines = [first, second] as const
  const followers = lines.flatMap(({ port }, i) =>
    // Some with content, to be in the middle of an item when told.
    transports.map(({ follow }) => follow(port, { comesBack: true, query: i === 0 ? LIGHT : SUBSCRIPTION })),
  )
  for (const follower of followers) await follower.state('CAUGHT_UP')
  const written: object[] = []
  const writers = lines.map(({ port }) =>
    keepHappening(async (round) => {
      const dispatch = swaps(`swap-${port}-${round}`)
      await submitUntilTaken(() => `http://127.0.0.1:${port}/graphql`, dispatch)
      written.push(dispatch)
    }),
  )
  for (const [leaving, staying] of [
    [0, 1],
    [1, 0],
    [0, 1],
    [1, 0],
  ] as const) {
    // As whatever balances the load does it: first nobody new is sent to a server, then it is told to go.
    const next = fleet.start()
    lines[leaving].reroute(servers[staying].port)
    // What is told all at once is still being sent when it has to go.
    const burst = swaps(`burst-${written.length}`, 100)
    written.push(burst)
    await submitUntilTaken(() => servers[staying].address, burst)
    expect(await servers[leaving].terminate()).toMatchObject({ code: 0, signal: null, stderr: '' })
    servers[leaving] = await next
    lines[leaving].reroute(servers[leaving].port)
  }
  for (const writer of writers) await writer.stop()
  const refs = await expectRecorded(record.database.pool, written)
  for (const follower of followers) {
    await expectReceived(follower, refs)
    expect(follower.items.filter(({ state }) => state === 'CLOSING').length).toBeGreaterThanOrEqual(3)
    expect(provesWhole(follower.items)).toBe(true)
    follower.stop()
  }
}, 240_000)
