import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFor } from '../../src/feed/change.ts'
import { anyFilter, anyLog, cursorAt, entry, facets } from '../support/entries.ts'
import { fakeLine, told } from '../support/fakeLine.ts'
import { fakeSource } from '../support/fakeSource.ts'
import { following } from '../support/following.ts'

const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)
const many = (count: number) => upTo(count).map((position) => entry(position))

describe('a follower', () => {
  it('F2 replays and goes on live, whatever is written meanwhile', async () => {
    const source = fakeSource(entry(1), entry(2))
    const { line, stop } = following(source)
    await line.until(({ position }) => position === 1)
    source.write(entry(3))
    await line.state('CAUGHT_UP')
    expect(told(line.sent)).toEqual(['OPENED 0', 1, 2, 3, 'CAUGHT_UP 3'])
    source.write(entry(4))
    source.write(entry(5))
    await line.until(({ position }) => position === 5)
    expect(told(line.sent.slice(5))).toEqual([4, 5])
    stop()
  })

  it('F2 goes on over a database that fails in the middle of a replay', async () => {
    const source = fakeSource(...many(250))
    const line = fakeLine()
    line.room = 5
    const { stop } = following(source, { line })
    await line.until(({ position }) => position > 0)
    source.hindrances.push(new Error('gone'), new Error('still gone'))
    line.drain()
    await line.state('CAUGHT_UP')
    expect(told(line.sent)).toEqual(['OPENED 0', ...upTo(250), 'CAUGHT_UP 250'])
    expect(source.hindrances).toEqual([])
    stop()
  })

  it('F5 reads nothing while its line takes nothing, and goes on where it was', async () => {
    const source = fakeSource(...many(1000))
    const line = fakeLine()
    line.room = 3
    const { stop, follower } = following(source, { line })
    await expect.poll(() => line.room).toBe(0)
    const { position } = follower
    expect(position).toBeGreaterThan(0)
    const read = source.pages.length
    source.write(entry(1001))
    // Whatever it were to do, it would have done by then.
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    expect({ read: source.pages.length, position: follower.position }).toEqual({ read, position })
    line.drain()
    await line.state('CAUGHT_UP')
    expect(told(line.sent)).toEqual(['OPENED 0', ...upTo(1001), 'CAUGHT_UP 1001'])
    stop()
  })

  it('F6 is lagging when its line gets rid of nothing, and is told so if it takes again', async () => {
    const source = fakeSource(entry(1))
    source.stallMs = 20
    const line = fakeLine()
    line.room = 1
    const { stop } = following(source, { line })
    await expect.poll(() => line.said).toEqual(['LAGGED untold'])
    source.write(entry(2))
    line.drain()
    expect(await line.state('LAGGED')).toMatchObject({ position: 0, head: 2 })
    expect(line.said).toEqual(['LAGGED untold', 'LAGGED told'])
    source.write(entry(3))
    expect(told(line.sent)).toEqual(['OPENED 0', 'LAGGED 0'])
    stop()
  })

  it('F6 is not lagging while its line gets rid of something now and then', async () => {
    const source = fakeSource(...many(10))
    source.stallMs = 60
    const line = fakeLine()
    line.room = 1
    const { stop } = following(source, { line })
    const started = performance.now()
    while (performance.now() - started < 4 * source.stallMs) {
      line.trickle()
      await new Promise((resolve) => setTimeout(resolve, source.stallMs / 4))
    }
    expect(line.said).toEqual([])
    line.drain()
    await line.state('CAUGHT_UP')
    stop()
  })

  it('F7 no match lies between an item and its previous position, and a lost item shows in the next one', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLog,
        anyFilter,
        fc.nat(30),
        fc.infiniteStream(fc.boolean()),
        async (log, filter, from, dice) => {
          const after = Math.min(from, log.length)
          const { line, stop } = following(fakeSource(...log), { after: cursorAt(after), filter })
          await line.state('CAUGHT_UP')
          stop()
          const matches = log.filter((e) => e.position > after && changeFor(filter, e) !== null).map((e) => e.position)
          expect(line.sent.flatMap((item) => (item.state ? [] : [item.position]))).toEqual(matches)
          for (const { position, previousPosition } of line.sent) {
            expect(matches.filter((p) => previousPosition < p && p < position)).toEqual([])
          }
          // Whatever is lost on the way: an item tells it if, and only if, a match is among what is lost.
          let last = after
          let lost = false
          for (const item of line.sent.slice(1)) {
            if (dice.next().value) {
              lost ||= item.state === undefined
              continue
            }
            expect(item.previousPosition > last).toBe(lost)
            last = item.position
            lost = false
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('F8 hears how far it was considered while nothing matches, also while a page is long in coming', async () => {
    const source = fakeSource(...many(250))
    source.heartbeatMs = 15
    let arrive = () => {}
    source.hindrances.push(new Promise((resolve) => (arrive = resolve)))
    const { line, stop } = following(source, { filter: { kinds: ['TALK'] } })
    for (let i = 0; i < 2; i++) expect(await line.state('HEARTBEAT')).toMatchObject({ position: 0 })
    arrive()
    expect(await line.state('CAUGHT_UP')).toMatchObject({ position: 250, previousPosition: 0 })
    source.write(entry(251))
    const beat = await line.until(({ position, state }) => position === 251 && state === 'HEARTBEAT')
    expect(beat).toMatchObject({ previousPosition: 0, head: 251 })
    stop()
  })

  it('F8 a heartbeat tells that the last item was lost', async () => {
    const source = fakeSource()
    source.heartbeatMs = 15
    const { line, stop } = following(source)
    await line.state('CAUGHT_UP')
    source.write(entry(1))
    await line.until(({ position, state }) => position === 1 && state === undefined)
    expect(await line.state('HEARTBEAT')).toMatchObject({ previousPosition: 1 })
    stop()
  })

  it('F11 is told once that a development left its filter, and of nothing that it does after that', async () => {
    const agreed = facets({ status: 'AGREED' })
    const done = facets({ status: 'CARRIED_OUT' })
    const source = fakeSource(
      entry(1, { action: 'CREATED', before: null, facets: agreed }),
      entry(2, { before: agreed, facets: done }),
      entry(3, { before: done, facets: done }),
    )
    const { line, stop } = following(source, { filter: { statuses: ['AGREED'] } })
    await line.state('CAUGHT_UP')
    expect(line.sent.flatMap((i) => (i.action ? [[i.position, i.action]] : []))).toEqual([
      [1, 'CREATED'],
      [2, 'LEFT_FILTER'],
    ])
    stop()
  })

  it('F12 is told CLOSING once, wherever it is, and never that it is complete', async () => {
    const source = fakeSource(...many(500))
    const live = following(source)
    await live.line.state('CAUGHT_UP')
    const slow = fakeLine()
    slow.room = 2
    const replaying = following(source, { line: slow })
    await expect.poll(() => slow.room).toBe(0)
    source.close()
    expect(await live.line.state('CLOSING')).toMatchObject({ position: 500 })
    slow.drain()
    const { position } = replaying.follower
    expect(await slow.state('CLOSING')).toMatchObject({ position })
    for (const { line, stop } of [live, replaying]) {
      expect(line.said).toEqual(['CLOSING told'])
      expect(line.sent.at(-1)?.state).toBe('CLOSING')
      stop()
    }
  })

  it('F12 is told CLOSING when it comes while the feed is closing', async () => {
    const source = fakeSource(entry(1))
    source.close()
    const { line, stop } = following(source)
    await line.state('CLOSING')
    expect(told(line.sent)).toEqual(['CLOSING 0'])
    stop()
  })

  it('F12 leaves nothing behind when it is stopped: while it is live, reads, or waits for its line', async () => {
    const source = fakeSource(entry(1))
    const live = following(source)
    await live.line.state('CAUGHT_UP')
    source.hindrances.push(new Promise(() => {}))
    const reading = following(source)
    await reading.line.state('OPENED')
    const full = fakeLine()
    full.room = 0
    const waiting = following(source, { line: full })
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
    await new Promise(setImmediate)
    const before = timers()
    expect(source.groups.size).toBe(3)
    for (const { stop } of [live, reading, waiting]) stop()
    expect(source.groups.size).toBe(0)
    expect(timers()).toBe(before - 3)
    source.write(entry(2))
    full.drain()
    expect(told(live.line.sent)).toEqual(['OPENED 0', 1, 'CAUGHT_UP 1'])
    expect(told(reading.line.sent)).toEqual(['OPENED 0'])
    expect(full.sent).toEqual([])
  })
})
