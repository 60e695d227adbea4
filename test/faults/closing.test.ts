import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Fleet, openFleet } from '../support/fleet.ts'
import { type Follower, LIGHT, transports } from '../support/follower.ts'
import { openLine } from '../support/line.ts'
import { keepHappening, newsOf } from '../support/news.ts'
import { changesOf, provesWhole } from '../support/received.ts'
import { openRecord, type Record } from '../support/record.ts'

/** What a process takes to go beside the drain, on a machine with much else to do. */
const MARGIN_MS = 3000

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

it('F12 SIGTERM while news go out: each of fifty followers is told CLOSING with its cursor, and the server is gone within its drain limit, whoever has stalled', async () => {
  const drainMs = 4000
  const server = await fleet.start({ PARLEY_DRAIN_MS: `${drainMs}` })
  const news = newsOf(record.write)
  await using line = await openLine(server.port)
  const stalled = transports.map(({ follow }) => follow(line.port, { query: LIGHT }))
  const filters = [undefined, undefined, undefined, undefined, { kind: ['TALK'] }]
  const followers = transports.flatMap(({ name, follow }) =>
    Array.from({ length: 25 }, (_, i) => {
      const filter = filters[i % filters.length]
      return {
        name,
        isFiltered: filter !== undefined,
        follower: follow(server.port, { filter, query: LIGHT } as object),
      }
    }),
  )
  for (const { follower } of followers) await follower.state('CAUGHT_UP')
  for (const follower of stalled) await follower.state('CAUGHT_UP')
  await using writer = keepHappening((i) => (i % 4 === 3 ? news.met(`talk-${i}`) : news.agreed(`swap-${i}`)))
  for (const { follower } of followers) await follower.change()
  line.hold()

  const told = performance.now()
  const finished = await server.terminate()
  expect(performance.now() - told).toBeLessThan(drainMs + MARGIN_MS)
  expect(finished).toMatchObject({ code: 0, signal: null, stderr: '' })
  await writer.stop()
  for (const { name, isFiltered, follower } of followers) {
    const { how, code } = await follower.ended
    expect(how).toBe('cut')
    if (name === 'WebSocket') expect([1001, 1012]).toContain(code)
    expectFarewell(follower, isFiltered)
  }
  for (const follower of stalled) follower.stop()
}, 60_000)

/** The last item is CLOSING, where the last one before it was, or further on where more was considered. */
function expectFarewell({ items }: Follower, isFiltered: boolean): void {
  const closing = items.at(-1)
  const given = changesOf(items).map(({ position }) => position)
  const last = given.at(-1) as number
  expect(closing).toMatchObject({ state: 'CLOSING', previousPosition: last })
  expect(provesWhole(items)).toBe(true)
  if (isFiltered) expect(closing?.position).toBeGreaterThanOrEqual(last)
  else {
    expect(closing?.position).toBe(last)
    expect(given).toEqual(given.map((_, i) => (given[0] as number) + i))
  }
}
