import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFor } from '../../src/feed/change.ts'
import type { Item } from '../../src/feed/item.ts'
import type { Viewer } from '../../src/feed/viewer.ts'
import type { Entry } from '../../src/store/log.ts'
import { anyFilter, anyLog, cursorAt, entry } from '../support/entries.ts'
import { encodeSent, fakeLine, told } from '../support/fakeLine.ts'
import { fakeSource } from '../support/fakeSource.ts'
import { groupsOver } from '../support/following.ts'

/** A viewer whose scope changes in the midst of a test. */
type Seen = { -readonly [member in keyof Viewer]: Viewer[member] }

const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)
const many = (from: number, to: number) =>
  upTo(to)
    .slice(from - 1)
    .map((position) => entry(position))

/** Encodes, and remembers what. */
function counting() {
  const made: string[] = []
  const encode = (item: Item, scope: string) => {
    made.push(item.type === 'change' ? `${item.position}` : `${item.state} ${item.position}`)
    return encodeSent(item, scope)
  }
  return { made, encode }
}

describe('a group', () => {
  it('F4 makes what goes out once, for all who are live and for all who come after them', async () => {
    const source = fakeSource(entry(1))
    const { made, encode } = counting()
    const groups = groupsOver(source, { encode })
    const all = upTo(50).map(() => groups.follow())
    for (const { line } of all) await line.state('CAUGHT_UP')
    source.write(entry(2))
    for (const { line } of all) await line.until(({ position }) => position === 2)
    const late = groups.follow()
    await late.line.state('CAUGHT_UP')
    expect(made).toEqual(['OPENED 0', '1', 'CAUGHT_UP 1', '2', 'OPENED 0', 'CAUGHT_UP 2'])
    expect(told(late.line.sent)).toEqual(['OPENED 0', 1, 2, 'CAUGHT_UP 2'])
    for (const { stop } of [...all, late]) stop()
  })

  it('F5 joins what waits into one write for each line', async () => {
    const source = fakeSource()
    const groups = groupsOver(source)
    const all = upTo(3).map(() => groups.follow())
    for (const { line } of all) await line.state('CAUGHT_UP')
    source.write(...many(1, 10))
    for (const { line, stop } of all) {
      await line.until(({ position }) => position === 10)
      expect(line.writes.slice(2).map(told)).toEqual([upTo(10)])
      stop()
    }
  })

  it('F5 leaves a line that takes nothing to itself, and takes it in again without a seam', async () => {
    const source = fakeSource()
    const groups = groupsOver(source)
    const [fast, slow] = [groups.follow(), groups.follow()]
    for (const { line } of [fast, slow]) await line.state('CAUGHT_UP')
    slow.line.room = 0
    for (const position of upTo(20)) {
      source.write(entry(position))
      await fast.line.until((sent) => sent.position === position)
    }
    expect([slow.follower.isLive, slow.follower.position]).toEqual([false, 0])
    slow.line.drain()
    await slow.line.until(({ position }) => position === 20)
    await expect.poll(() => slow.follower.isLive).toBe(true)
    source.write(entry(21))
    for (const { line, stop } of [fast, slow]) {
      await line.until(({ position }) => position === 21)
      expect(told(line.sent)).toEqual(['OPENED 0', 'CAUGHT_UP 0', ...upTo(21)])
      stop()
    }
  })

  it('F2 lets all go on by themselves when more has come at once than memory keeps, or what is sent cannot be made', async () => {
    const source = fakeSource()
    let isBroken = false
    const encode = (item: Item, scope: string) =>
      isBroken && item.type === 'change' ? Promise.reject(new Error('broken')) : encodeSent(item, scope)
    const groups = groupsOver(source, { encode })
    const all = upTo(3).map(() => groups.follow())
    for (const { line } of all) await line.state('CAUGHT_UP')
    source.memoryFrom = 5
    source.write(...many(1, 10))
    for (const { line } of all) await line.until(({ position }) => position === 10)
    await expect.poll(() => all.every(({ follower }) => follower.isLive)).toBe(true)
    isBroken = true
    source.write(entry(11))
    await expect.poll(() => all.some(({ follower }) => follower.isLive)).toBe(false)
    isBroken = false
    for (const { line, stop } of all) {
      await line.until(({ position }) => position === 11)
      expect(told(line.sent)).toEqual(['OPENED 0', 'CAUGHT_UP 0', ...upTo(11)])
      stop()
    }
  })

  it('shows a viewer whose role is revoked only what its scope may see, from the next item on', async () => {
    const source = fakeSource()
    const groups = groupsOver(source)
    const viewer: Seen = { scope: 'DESK', name: 'desk' }
    const [desk, other] = [groups.follow({ viewer }), groups.follow({ viewer: { scope: 'DESK', name: 'other' } })]
    for (const { line } of [desk, other]) await line.state('CAUGHT_UP')
    source.write(entry(1))
    await desk.line.until(({ position }) => position === 1)
    viewer.scope = 'READER'
    source.write(entry(2))
    source.write(entry(3))
    for (const { line } of [desk, other]) await line.until(({ position }) => position === 3)
    const scopes = (line: typeof desk.line) => line.sent.flatMap((i) => (i.action ? [[i.position, i.scope]] : []))
    expect(scopes(desk.line)).toEqual([
      [1, 'DESK'],
      [2, 'READER'],
      [3, 'READER'],
    ])
    expect(scopes(other.line).map(([, scope]) => scope)).toEqual(['DESK', 'DESK', 'DESK'])
    for (const { stop } of [desk, other]) stop()
    expect(groups.open.size).toBe(0)
  })

  it('sends a viewer whose token has expired nothing more, live or behind, and says why it ends', async () => {
    const source = fakeSource(...many(1, 5))
    const groups = groupsOver(source)
    const viewers: Seen[] = [
      { scope: 'READER', name: 'one' },
      { scope: 'READER', name: 'other' },
    ]
    const live = groups.follow({ viewer: viewers[0] as Viewer })
    const line = fakeLine()
    line.room = 1
    const behind = groups.follow({ viewer: viewers[1] as Viewer, line })
    await live.line.state('CAUGHT_UP')
    await expect.poll(() => line.room).toBe(0)
    for (const viewer of viewers) viewer.scope = null
    source.write(entry(6))
    line.drain()
    for (const { line, stop } of [live, behind]) {
      await expect.poll(() => line.said).toEqual(['EXPIRED told'])
      stop()
    }
    expect(told(live.line.sent)).toEqual(['OPENED 0', ...upTo(5), 'CAUGHT_UP 5'])
    expect(told(line.sent)).toEqual(['OPENED 0'])
  })

  it('F8 hears heartbeats together, one encoding for all', async () => {
    const source = fakeSource(entry(1))
    source.heartbeatMs = 20
    const { made, encode } = counting()
    const groups = groupsOver(source, { encode })
    const all = upTo(5).map(() => groups.follow())
    for (const { line } of all) {
      await line.state('CAUGHT_UP')
      for (let i = 0; i < 3; i++) await line.state('HEARTBEAT')
    }
    for (const { stop } of all) stop()
    expect(made.filter((one) => one.startsWith('HEARTBEAT')).length).toBeLessThanOrEqual(4)
  })

  it('F2 F7 gives each of its followers every match once and in order, whenever it came and however its line takes', async () => {
    const joins = fc.array(fc.tuple(fc.nat(30), fc.array(fc.nat(3), { maxLength: 12 })), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(anyLog, anyFilter, joins, fc.infiniteStream(fc.nat(4)), async (log, filter, lines, dice) => {
        const source = fakeSource()
        const groups = groupsOver(source, { filter })
        const all: { after: number; rooms: number[]; following: ReturnType<typeof groups.follow> }[] = []
        const pending = [...lines]
        let written: Entry[] = []
        for (const one of log) {
          const choice = dice.next().value
          if (choice === 0) {
            const [from = 0, rooms = []] = pending.shift() ?? []
            const after = Math.min(from, written.length)
            all.push({ after, rooms: [...rooms], following: groups.follow({ after: cursorAt(after) }) })
          }
          if (choice === 1) await new Promise(setImmediate)
          for (const { following, rooms } of all) {
            if (choice === 2) following.line.room = Math.min(following.line.room, rooms.shift() ?? 9)
            if (choice === 3) following.line.drain(rooms.shift())
          }
          written = [...written, one]
          source.write(one)
        }
        for (const { after, following } of all) {
          following.line.drain()
          await expect.poll(() => following.follower.isLive, { interval: 1 }).toBe(true)
          const matches = log.filter((e) => e.position > after && changeFor(filter, e) !== null)
          const changes = following.line.sent.filter((item) => item.state === undefined)
          expect(changes.map(({ position }) => position)).toEqual(matches.map(({ position }) => position))
          let last = after
          for (const { position, previousPosition } of following.line.sent) {
            expect(previousPosition).toBeLessThanOrEqual(last)
            last = position
          }
          following.stop()
        }
        expect(groups.open.size).toBe(0)
      }),
      { numRuns: 150 },
    )
  })
})
