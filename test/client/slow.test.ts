import { expect, test } from 'vitest'
import type { State } from '../../src/client/follow.ts'
import { originOf } from '../support/ask.ts'
import { openBadLine } from '../support/badLine.ts'
import { newsOf } from '../support/news.ts'
import { openReader, upTo } from '../support/reader.ts'
import { openRecord } from '../support/record.ts'
import { openScriptedServer } from '../support/scriptedServer.ts'
import { openServer } from '../support/server.ts'

test('a consumer that takes nothing makes it wait: it has no more than its buffer, and lags; then it gets the rest', async () => {
  await using record = await openRecord()
  await using server = await openServer(record)
  const head = 80
  await newsOf(record.write).many(head, 'old')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await using line = await openBadLine(server.port)
  await using reader = openReader(line.port, { after: await originOf(server), bufferSize: 10 }, () => held)
  await reader.state('lagging')
  await expect.poll(() => server.feed.followers, { timeout: 10_000 }).toBe(0)
  expect(reader.positions).toEqual([1])
  expect(reader.feed.state).toMatchObject({ is: 'lagging', head, behind: head })
  expect(line.made).toBe(1)
  release()
  await reader.state('live')
  expect(reader.positions).toEqual(upTo(head))
  // Ten in the buffer, one in hand; half of them taken before it comes back for more.
  expect(line.made).toBeGreaterThan(head / 15)
  expect(reader.feed.contiguity).toEqual({ from: 0, upTo: head, head, gaps: 0, duplicates: 0 })
}, 30_000)

test('heartbeats that nobody takes do not add up, and a slow consumer is not called live before it has had everything', async () => {
  await using record = await openRecord()
  await using server = await openServer(record, { heartbeatMs: 10 })
  await newsOf(record.write).many(2, 'old')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let beats = 0
  await using line = await openBadLine(server.port)
  line.fate = (message) => {
    if (message.includes('HEARTBEAT')) beats++
    return 'arrives'
  }
  await using reader = openReader(line.port, { after: await originOf(server) }, () => held)
  await expect.poll(() => beats, { timeout: 10_000 }).toBeGreaterThan(20)
  expect(reader.feed.state).toMatchObject({ is: 'replaying', behind: 2 })
  const told = reader.cursors.length
  release()
  await reader.state('live')
  expect(reader.positions).toEqual([1, 2])
  expect(reader.cursors.length).toBeLessThanOrEqual(told + 3)
  expect(line.made).toBe(1)
})

test.each([
  ['in an item', (send: (state: string) => void) => send('LAGGED')],
  ['in a close alone', (_: unknown, close: () => void) => close()],
])('told LAGGED by the server, %s, it says so and comes back after its cursor', async (_, tell) => {
  const states: State[] = []
  await using server = await openScriptedServer((peer) => {
    const begin = peer.index === 0 ? 7 : 8
    peer.item({ position: begin, state: 'OPENED' })
    if (peer.index > 0) return peer.item({ position: 9, previousPosition: 8 })
    peer.item({ position: 8, previousPosition: 7 })
    tell(
      (state) => peer.item({ position: 8, state }),
      () => peer.close(1013, 'LAGGED'),
    )
  })
  await using reader = openReader(server.port, { onState: (state) => states.push(state) })
  await reader.until(() => reader.items.length === 2)
  expect(reader.positions).toEqual([8, 9])
  expect(server.peers[1]?.variables).toMatchObject({ after: 'c8' })
  expect(states.find(({ is }) => is === 'lagging')?.error?.message).toContain('LAGGED')
})

test('is not called live by what an earlier connection said, when the consumer hears of it only after the break', async () => {
  await using server = await openScriptedServer((peer) => {
    peer.item({ position: 7, state: 'OPENED' })
    peer.item({ position: 8, previousPosition: 7 })
    peer.item({ position: 8, state: 'CAUGHT_UP' })
    peer.close(1012)
  })
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await using reader = openReader(server.port, { retry: { firstMs: 60_000, mostMs: 60_000 } }, () => held)
  await reader.state('offline')
  release()
  await reader.until(() => reader.feed.contiguity.upTo === 8)
  // Whatever waits is taken by then.
  await new Promise(setImmediate)
  expect(reader.feed.state.is).toBe('offline')
  expect(reader.states).not.toContain('live')
})
