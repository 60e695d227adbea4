import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { originOf } from '../support/ask.ts'
import { type Follower, LIGHT, type Seen, transports } from '../support/follower.ts'
import { heavy } from '../support/heavy.ts'
import { type News, newsOf } from '../support/news.ts'
import { type Parley, startParley } from '../support/parley.ts'
import { hasProc, residentBytes, waitingBytes } from '../support/proc.ts'
import { openRecord, type Record } from '../support/record.ts'
import { type Neglect, neglects } from '../support/unread.ts'

const CROWD = 200
/** After how long the server sends away who takes nothing: many times what an item takes to come. */
const STALL_MS = 4000
const DRAIN_MS = 300
/** Some 240 kilobytes an item. */
const QUERY = heavy(200)
const ITEM_BYTES = 200 * 1200
/** Together more than the sockets of a connection keep. */
const OLD = 60
/** Together some 65 MB: several times what the memory of a server goes up and down by. */
const NEW = 270
const MEMORY_BYTES = (NEW * ITEM_BYTES) / 2
const ROUNDS = 5
/** How many items are timed in a round. */
const TIMED = 6

let record: Record
let news: News
let parley: Parley
beforeEach(async () => {
  record = await openRecord()
  news = newsOf(record.write)
  await news.many(OLD, 'old', 1200)
  parley = await startParley({
    DATABASE_URL: record.url,
    PARLEY_STALL_MS: `${STALL_MS}`,
    PARLEY_DRAIN_MS: `${DRAIN_MS}`,
  })
})
afterEach(async () => {
  await parley.stop()
  await record[Symbol.asyncDispose]()
})

const positionsOf = (items: readonly Seen[]) => items.flatMap((item) => (item.state ? [] : [item.position]))
const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)
const ranked = (numbers: readonly number[], share: number) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] as number

let told = 0
/** Tells news, one after the other has come to all; gives the 99th percentile of what that took, in milliseconds. */
async function p99(crowd: readonly Follower[]): Promise<number> {
  const took: number[] = []
  for (let i = 0; i < TIMED; i++) {
    const ref = `timed-${++told}`
    const started = performance.now()
    const come = crowd.map(async (one) => {
      await one.waitFor((item) => item.ref === ref)
      took.push(performance.now() - started)
    })
    await news.agreed(ref)
    await Promise.all(come)
  }
  return ranked(took, 0.99)
}

/** Waits until a server has nothing more to give to a connection's kernel. */
async function full(port: number, to: number): Promise<void> {
  let last: number | undefined
  await expect
    .poll(
      () => {
        const waiting = waitingBytes(port, to)
        const isFull = waiting === last && waiting !== undefined && waiting > ITEM_BYTES
        last = waiting
        return isFull
      },
      { interval: 50, timeout: 20_000 },
    )
    .toBe(true)
}

describe.each(transports)('over $name', ({ name, follow }) => {
  // Only /proc tells from outside what a server keeps, and when it has let go of a connection that is not read.
  it.skipIf(!hasProc)(
    'F5 one who never reads beside 200 who do: theirs come as fast as without it, memory stays flat, and it resumes without a gap',
    { timeout: 120_000 },
    async () => {
      const port = Number(new URL(parley.address).port)
      const memory = () => residentBytes(parley.command.child.pid as number)
      const neglect = neglects[name] as Neglect
      const after = await originOf({ url: parley.address })
      const crowd = upTo(CROWD).map(() => follow(port, { query: LIGHT, after }))
      for (const one of crowd) await one.state('CAUGHT_UP')
      // What is asked for is made once before it is measured what making it costs.
      const reader = follow(port, { query: QUERY, after })
      await reader.state('CAUGHT_UP')
      reader.stop()
      await p99(crowd)

      const before = memory()
      const unread = await neglect(port, QUERY, after)
      await news.many(NEW, 'new', 1200)
      const head = await record.head()
      for (const one of crowd) await one.waitFor((item) => item.position === head)
      // Until the server lets go of it.
      let most = memory() - before
      while (waitingBytes(port, unread.port) !== undefined && most < MEMORY_BYTES) {
        await pause(20)
        most = Math.max(most, memory() - before)
      }
      expect(most).toBeLessThan(MEMORY_BYTES)
      const { items, code } = await unread.read()
      expect([undefined, 1006, 1013]).toContain(code)
      expect(items.at(-1)?.position).toBeLessThan(head)
      const again = follow(port, { query: QUERY, after: items.at(-1)?.cursor })
      await again.waitFor(({ position }) => position === head)
      again.stop()
      expect(positionsOf([...items, ...again.items])).toEqual(upTo(head))

      const times: { without: number[]; beside: number[] } = { without: [], beside: [] }
      for (let round = 0; round < ROUNDS; round++) {
        times.without.push(await p99(crowd))
        const stalled = await neglect(port, QUERY, after)
        await full(port, stalled.port)
        times.beside.push(await p99(crowd))
        stalled.leave()
      }
      expect(ranked(times.beside, 0.5)).toBeLessThan(3 * ranked(times.without, 0.5) + 50)
      for (const one of crowd) {
        expect(positionsOf(one.items)).toEqual(upTo(await record.head()))
        one.stop()
      }
    },
  )
})
