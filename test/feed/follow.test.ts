import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeFor } from '../../src/feed/change.ts'
import type { Connection } from '../../src/feed/connection.ts'
import { type FollowOptions, follow } from '../../src/feed/follow.ts'
import type { Item } from '../../src/feed/item.ts'
import { anyFilter, anyLog, cursorAt, entry, facets, fakeSource } from '../support/entries.ts'

/** Follows; unless told, from the beginning, everything, and nothing by the clock. */
function following(source: ReturnType<typeof fakeSource>, told: Partial<FollowOptions> = {}) {
  return follow(source, { after: cursorAt(0), filter: {}, heartbeatMs: 60_000, stallMs: 60_000, ...told })
}

async function take(items: AsyncIterator<Item>, count: number): Promise<Item[]> {
  const taken: Item[] = []
  while (taken.length < count) taken.push((await items.next()).value)
  return taken
}

async function takeUntil(items: AsyncIterator<Item>, state: string): Promise<Item[]> {
  const taken: Item[] = []
  for (;;) {
    const [item] = (await take(items, 1)) as [Item]
    taken.push(item)
    if (item.type === 'status' && item.state === state) return taken
  }
}

/** What tells a sequence of items apart at a glance. */
const told = (items: readonly Item[]) =>
  items.map((i) => (i.type === 'change' ? i.position : `${i.state} ${i.position}`))

/** A connection that remembers what its follower said. */
function connection(): Connection & { said: string[]; gone(): void } {
  const said: string[] = []
  let end = () => {}
  return {
    said,
    gone: () => end(),
    join(follower) {
      end = follower
      return {
        ended: (why, taken) => said.push(`${why} ${taken ? 'taken' : 'untaken'}`),
        leave: () => said.push('left'),
      }
    },
  }
}

describe('a follower', () => {
  it('F2 replays and goes on live, whatever is written meanwhile', async () => {
    const source = fakeSource(entry(1), entry(2))
    const items = following(source)
    expect(told(await take(items, 2))).toEqual(['OPENED 0', 1])
    source.write(entry(3))
    expect(told(await take(items, 3))).toEqual([2, 3, 'CAUGHT_UP 3'])
    const next = take(items, 2)
    source.write(entry(4))
    source.write(entry(5))
    expect(told(await next)).toEqual([4, 5])
    await items.return?.()
  })

  it('F2 goes on over a database that fails in the middle of a replay', async () => {
    const source = fakeSource(...Array.from({ length: 250 }, (_, i) => entry(i + 1)))
    const items = following(source)
    await take(items, 100)
    source.hindrances.push(new Error('gone'), new Error('still gone'))
    const rest = await takeUntil(items, 'CAUGHT_UP')
    expect(told(rest)).toEqual([...Array.from({ length: 151 }, (_, i) => i + 100), 'CAUGHT_UP 250'])
    await items.return?.()
  })

  it('F5 reads nothing that is not asked for', async () => {
    const source = fakeSource(...Array.from({ length: 1000 }, (_, i) => entry(i + 1)))
    const pages: number[] = []
    const page = source.page
    source.page = (after, limit) => {
      pages.push(after)
      return page(after, limit)
    }
    const items = following(source)
    await take(items, 1)
    expect(pages).toEqual([])
    await take(items, 200)
    expect(pages).toEqual([0])
    source.write(entry(1001))
    expect(pages).toEqual([0])
    await items.return?.()
  })

  it('F6 is lagging when it takes nothing although there is something, and is told so if it takes again', async () => {
    const source = fakeSource(entry(1))
    const carrier = connection()
    const items = following(source, { stallMs: 20, connection: carrier })
    await take(items, 1)
    await expect.poll(() => carrier.said).toEqual(['LAGGED untaken'])
    source.write(entry(2))
    expect(await take(items, 1)).toMatchObject([{ state: 'LAGGED', position: 0, head: cursorAt(2) }])
    const never = items.next()
    await expect.poll(() => carrier.said).toEqual(['LAGGED untaken', 'LAGGED taken'])
    await items.return?.()
    expect(await never).toEqual({ done: true, value: undefined })
  })

  it('F6 is not lagging while there is nothing to take, nor while it takes something now and then', async () => {
    const source = fakeSource()
    const carrier = connection()
    const stallMs = 60
    const items = following(source, { stallMs, connection: carrier })
    await take(items, 2)
    const started = performance.now()
    for (let i = 1; performance.now() - started < 3 * stallMs; i++) {
      source.write(entry(i))
      await new Promise((resolve) => setTimeout(resolve, stallMs / 4))
      await take(items, 1)
    }
    expect(carrier.said).toEqual([])
    await items.return?.()
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
          const items = following(fakeSource(...log), { after: cursorAt(after), filter })
          const sent = await takeUntil(items, 'CAUGHT_UP')
          await items.return?.()
          const matches = log.filter((e) => e.position > after && changeFor(filter, e) !== null).map((e) => e.position)
          expect(sent.flatMap((item) => (item.type === 'change' ? [item.position] : []))).toEqual(matches)
          for (const { position, previousPosition } of sent) {
            expect(matches.filter((p) => previousPosition < p && p < position)).toEqual([])
          }
          // Whatever is lost on the way: an item tells it if, and only if, a match is among what is lost.
          let last = after
          let lost = false
          for (const item of sent.slice(1)) {
            if (dice.next().value) {
              lost ||= item.type === 'change'
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
    const source = fakeSource(...Array.from({ length: 250 }, (_, i) => entry(i + 1)))
    const items = following(source, { filter: { kinds: ['TALK'] }, heartbeatMs: 15 })
    await take(items, 1)
    let arrive = () => {}
    source.hindrances.push(new Promise((resolve) => (arrive = resolve)))
    expect(told(await take(items, 2))).toEqual(['HEARTBEAT 0', 'HEARTBEAT 0'])
    arrive()
    const caughtUp = (await takeUntil(items, 'CAUGHT_UP')).at(-1)
    expect(caughtUp).toMatchObject({ position: 250, previousPosition: 0 })
    source.write(entry(251))
    const [beat] = await take(items, 1)
    expect(beat).toMatchObject({ state: 'HEARTBEAT', position: 251, previousPosition: 0, head: cursorAt(251) })
    await items.return?.()
  })

  it('F8 a heartbeat tells that the last item was lost', async () => {
    const source = fakeSource()
    const items = following(source, { heartbeatMs: 15 })
    await take(items, 2)
    source.write(entry(1))
    const [lost, beat] = await take(items, 2)
    expect(lost).toMatchObject({ type: 'change', position: 1 })
    expect(beat).toMatchObject({ state: 'HEARTBEAT', previousPosition: 1 })
    await items.return?.()
  })

  it('F11 is told once that a development left its filter, and of nothing that it does after that', async () => {
    const agreed = facets({ status: 'AGREED' })
    const done = facets({ status: 'CARRIED_OUT' })
    const source = fakeSource(
      entry(1, { action: 'CREATED', before: null, facets: agreed }),
      entry(2, { before: agreed, facets: done }),
      entry(3, { before: done, facets: done }),
    )
    const items = following(source, { filter: { statuses: ['AGREED'] } })
    const sent = await takeUntil(items, 'CAUGHT_UP')
    expect(sent.flatMap((i) => (i.type === 'change' ? [[i.position, i.action]] : []))).toEqual([
      [1, 'CREATED'],
      [2, 'LEFT_FILTER'],
    ])
    await items.return?.()
  })

  it('F12 is told CLOSING once, wherever it is, and never that it is complete', async () => {
    const source = fakeSource(entry(1), entry(2))
    const carrier = connection()
    const items = following(source, { connection: carrier })
    await take(items, 2)
    source.close()
    expect(await take(items, 1)).toMatchObject([{ state: 'CLOSING', position: 1 }])
    expect(carrier.said).toEqual([])
    const never = items.next()
    await expect.poll(() => carrier.said).toEqual(['CLOSING taken'])
    carrier.gone()
    expect(await never).toEqual({ done: true, value: undefined })
  })

  it('F12 is told CLOSING when it comes while the feed is closing', async () => {
    const source = fakeSource(entry(1))
    source.close()
    const items = following(source)
    expect(await take(items, 1)).toMatchObject([{ state: 'CLOSING', position: 0 }])
    await items.return?.()
  })

  it('F12 leaves nothing behind when it is stopped: while it waits, while it reads, before it was asked anything', async () => {
    const source = fakeSource(entry(1))
    const carriers = [connection(), connection(), connection()]
    const [waiting, reading, unasked] = carriers.map((carrier) => following(source, { connection: carrier }))
    await take(waiting as AsyncIterator<Item>, 3)
    const pending = [waiting?.next()]
    await take(reading as AsyncIterator<Item>, 1)
    source.hindrances.push(new Promise(() => {}))
    pending.push(reading?.next())
    expect(source.listeners).toBe(3)
    await Promise.all([waiting, reading, unasked].map((items) => items?.return?.()))
    expect(source.listeners).toBe(0)
    for (const one of pending) expect(await one).toEqual({ done: true, value: undefined })
    expect(carriers.map(({ said }) => said)).toEqual([['left'], ['left'], ['left']])
  })

  it('F12 ends with its connection, also with one that is gone before it begins', async () => {
    const source = fakeSource(entry(1))
    const gone: Connection = {
      join(end) {
        end()
        return { ended() {}, leave() {} }
      },
    }
    const items = following(source, { connection: gone })
    expect(await items.next()).toEqual({ done: true, value: undefined })
    expect(source.listeners).toBe(0)
  })

  it('answers a consumer that asks ahead in order', async () => {
    const source = fakeSource(entry(1), entry(2))
    const items = following(source)
    const ahead = [items.next(), items.next(), items.next(), items.next(), items.next()]
    source.write(entry(3))
    expect(told((await Promise.all(ahead)).map(({ value }) => value))).toEqual(['OPENED 0', 1, 2, 3, 'CAUGHT_UP 3'])
    await items.return?.()
  })
})
