import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { originOf } from '../support/ask.ts'
import { HEAVY } from '../support/heavy.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { openRecord, type Record } from '../support/record.ts'
import { collectGarbage, watchRemains } from '../support/remains.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { areParked, type Stage } from '../support/stage.ts'
import { stagesOfSse } from '../support/stagesOfSse.ts'
import { stagesOfWebSocket } from '../support/stagesOfWebSocket.ts'

const CYCLES = 1000
/** How many clients come at a time. */
const AT_ONCE = 25
const ROUNDS = CYCLES / AT_ONCE / 10

let record: Record
let news: News
beforeAll(async () => {
  record = await openRecord()
  news = newsOf(record.write)
  // Together some 10 MB as HEAVY asks for them: more than any socket keeps.
  await news.many(80, 'old', 1200)
})
afterAll(() => record[Symbol.asyncDispose]())

const nothing = { groups: 0, live: 0, behind: [] }
const patience = { interval: 5, timeout: 15_000 }

/** Clients come so far, all at once, and go. */
async function comeAndGo({ port, feed }: TestServer, { name, come, stands }: Stage, origin: string): Promise<void> {
  const goings = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const go = await come(port, origin)
      if (stands === undefined) go()
      return go
    }),
  )
  if (stands === undefined) return
  await expect.poll(() => stands(feed.standings(), AT_ONCE), { ...patience, message: name }).toBe(true)
  for (const go of goings) go()
  await expect.poll(() => feed.standings(), { ...patience, message: name }).toEqual(nothing)
}

/** Some things happen, one after the other. */
async function tell(name: string): Promise<void> {
  for (let i = 0; i < 5; i++) await news.agreed(`${name}-${i}`)
}

describe.each([
  { name: 'WebSocket', stages: stagesOfWebSocket },
  { name: 'SSE', stages: stagesOfSse },
])('over $name', { timeout: 120_000 }, ({ name, stages }) => {
  it('F12 1,000 clients that come and go at every stage leave nothing behind: no follower, group, listener or timer', async () => {
    expect(stages.length * AT_ONCE * ROUNDS).toBe(CYCLES)
    const warnings: Error[] = []
    const warned = (warning: Error) => warnings.push(warning)
    process.on('warning', warned)
    const before = process.getActiveResourcesInfo().sort()
    const server = await openServer(record)
    using remains = watchRemains(server.feed)
    const origin = await originOf(server)
    const listeners = remains.listeners()
    const heaps: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, stage] of stages.entries()) {
        // As many in every round, however slow the machine: what memory keeps of the record must not count as a leak.
        await Promise.all([comeAndGo(server, stage, origin), tell(`${name.toLowerCase()}-${round}-${i}`)])
      }
      heaps.push(await heapUsed())
    }
    // Who has gone at once may not have been let in yet.
    await expect.poll(() => remains.made().sockets, patience).toBeGreaterThanOrEqual(CYCLES)
    await expect.poll(() => server.feed.standings(), patience).toEqual(nothing)
    expect(remains.made().lines).toBeGreaterThan(CYCLES / 2)
    await expect
      .poll(async () => {
        await collectGarbage()
        return remains.held()
      }, patience)
      // The socket over which the origin was asked for may be kept alive.
      .toEqual({ lines: 0, sockets: expect.toSatisfy((held) => held <= 1) })
    const growths = heaps.slice(1).map((heap, i) => heap - (heaps[i] as number))
    // The first round makes what is made once; what is made at the first error of a kind may be made in any one other.
    const steady = growths.sort((a, b) => a - b).slice(0, -1)
    expect(steady.reduce((sum, growth) => sum + growth, 0)).toBeLessThan(((steady.length * CYCLES) / ROUNDS) * 4096)
    expect(remains.listeners()).toBe(listeners)
    expect([...server.errors, ...warnings]).toEqual([])
    await server.close()
    await expect.poll(() => process.getActiveResourcesInfo().sort(), patience).toEqual(before)
    process.off('warning', warned)
  })
})

it('F12 subscriptions that are ended while their socket takes nothing leave nothing behind, though the socket stays', async () => {
  await using server = await openServer(record)
  using remains = watchRemains(server.feed)
  const after = await originOf(server)
  using socket = await openRawSocket(server.port)
  socket.send({ type: 'connection_init' })
  await socket.next()
  socket.pause()
  const ids = Array.from({ length: 20 }, (_, i) => `${i}`)
  for (const id of ids) {
    socket.send({ type: 'subscribe', id, payload: { query: HEAVY, variables: { after } } })
    await expect.poll(() => areParked(server.feed.standings(), 1), patience).toBe(true)
    socket.send({ type: 'complete', id })
    await expect.poll(() => server.feed.standings(), patience).toEqual(nothing)
  }
  expect(remains.made().lines).toBe(ids.length)
  await expect
    .poll(async () => {
      await collectGarbage()
      return remains.held().lines
    }, patience)
    .toBe(0)
  expect(socket.isOpen).toBe(true)
})

async function heapUsed(): Promise<number> {
  await collectGarbage()
  return process.memoryUsage().heapUsed
}
