import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { originOf } from '../support/ask.ts'
import { type BadLine, openBadLine } from '../support/badLine.ts'
import { type News, newsOf } from '../support/news.ts'
import { openReader, upTo } from '../support/reader.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
let line: BadLine
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record)
  news = newsOf(record.write)
  line = await openBadLine(server.port)
})
afterEach(async () => {
  await line[Symbol.asyncDispose]()
  await server.close()
  await record[Symbol.asyncDispose]()
})

test('cut time and again, also in the middle of a frame, it gets every position once and in order', async () => {
  await news.many(60, 'old')
  await using reader = openReader(line.port, { after: await originOf(server) })
  for (const at of [1, 7, 8, 33]) {
    await reader.until(() => reader.items.length >= at)
    line.cut(at === 8 ? 0 : 37)
    // What passes before the cut may end what is replayed.
    if (at === 33) await news.agreed('goad')
  }
  await reader.until(() => reader.items.length === 61)
  for (let i = 1; i <= 5; i++) {
    line.cut()
    await news.agreed(`new-${i}`)
    await reader.until(() => reader.items.at(-1)?.ref === `new-${i}`)
  }
  expect(reader.positions).toEqual(upTo(66))
  expect(line.made).toBeGreaterThan(5)
  expect(reader.feed.contiguity).toMatchObject({ from: 0, head: 66, gaps: 0, duplicates: 0 })
})

test.each([
  ['the server ends its half', 'client'],
  ['the network ends the client’s half and keeps the server’s silent', 'server'],
] as const)('half-closed, %s, it comes back', async (_, towards) => {
  await using reader = openReader(line.port, { silenceMs: 300 })
  await reader.state('live')
  line.halfClose(towards)
  await news.agreed('swap')
  await reader.until(() => reader.items.length === 1)
  expect(reader.items).toMatchObject([{ ref: 'swap', position: 1 }])
  expect(line.made).toBeGreaterThan(1)
})

test('a connection that keeps silent is given up, and one that only has nothing to tell is kept', async () => {
  await using reader = openReader(line.port, { silenceMs: 300 })
  await reader.state('live')
  const made = line.made
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(line.made).toBe(made)
  line.swallow()
  await reader.until(() => reader.states.filter((is) => is === 'live').length === 2)
  expect(reader.states).toEqual(['connecting', 'replaying', 'live', 'offline', 'connecting', 'replaying', 'live'])
})

test('a connection that never comes about is given up, whatever of it has come', async () => {
  line.isDeaf = true
  await using reader = openReader(line.port, { silenceMs: 300, after: await originOf(server) })
  await reader.until(() => line.made === 2)
  expect(reader.feed.state).toMatchObject({ error: { message: 'Nothing was heard for 300 ms.' }, head: null })
  line.isDeaf = false
  // The handshake comes, and pongs would; what begins the subscription does not.
  let opened = 0
  line.fate = (message) => (message.includes('OPENED') && opened++ < 2 ? 'is lost' : 'arrives')
  await news.agreed('swap')
  await reader.until(() => reader.items.length === 1)
  expect(reader.positions).toEqual([1])
})

test('over a line that lets a few bytes through at a time it gets everything, and is not taken for silent', async () => {
  await news.many(5, 'old')
  line.pace = { bytes: 50, ms: 5 }
  await using reader = openReader(line.port, { silenceMs: 1500, after: await originOf(server) })
  await reader.state('live')
  expect(reader.positions).toEqual(upTo(5))
  expect(line.made).toBe(1)
})

test('told CLOSING by a server that goes, it goes on with the next one', async () => {
  await news.many(3, 'old')
  await using reader = openReader(line.port, { after: await originOf(server) })
  await reader.state('live')
  await using next = await openServer(record)
  line.reroute(next.port)
  await server.close()
  await news.agreed('new')
  await reader.until(() => reader.items.length === 4)
  expect(reader.positions).toEqual(upTo(4))
  expect(reader.states.slice(2)).toEqual(expect.arrayContaining(['offline', 'connecting', 'replaying']))
})

type Fault = (line: BadLine) => void
const faults: { [name: string]: (amount: number) => Fault } = {
  cut: () => (line) => line.cut(),
  cutInAFrame: (amount) => (line) => line.cut(amount),
  endServersHalf: () => (line) => line.halfClose('client'),
  endClientsHalf: () => (line) => line.halfClose('server'),
  swallow: () => (line) => line.swallow(),
  slow: (amount) => (line) => {
    line.pace = { bytes: amount, ms: 1 }
  },
  quick: () => (line) => {
    line.pace = null
  },
  lose: (amount) => (line) => fateOfOne(line, amount % 5, 'is lost'),
  repeat: (amount) => (line) => fateOfOne(line, amount % 5, 'comes twice'),
  loseAChange: () => (line) => fateOfOne(line, 0, 'is lost', '"action"'),
}

/** @param words what the messages hold that count */
function fateOfOne(line: BadLine, index: number, fate: 'is lost' | 'comes twice', words = '"next"') {
  let seen = 0
  line.fate = (message) => (message.includes(words) && seen++ === index ? fate : 'arrives')
}

test('whatever the network does, in whatever order: every position once, in order, and the proof says so', async () => {
  const fault = fc.tuple(fc.constantFrom(...Object.keys(faults)), fc.integer({ min: 100, max: 900 }))
  await using beating = await openServer(record, { heartbeatMs: 100 })
  line.reroute(beating.port)
  let after = await originOf(beating)
  let head = 0
  let mended = 0
  const follows = fc.asyncProperty(fc.array(fault, { minLength: 5, maxLength: 9 }), async (plan) => {
    const from = head
    await using reader = openReader(line.port, { silenceMs: 250, after, bufferSize: 25 })
    for (const [name, amount] of plan) {
      faults[name]?.(amount)(line)
      const size = 1 + (amount % 9)
      await news.many(size, `run-${head}`)
      head += size
      // Every other time the next fault comes while what the last one held up is still coming in.
      if (amount % 2 === 0) await reader.until(() => reader.items.length === head - from)
    }
    await reader.until(() => reader.items.length >= head - from)
    expect(reader.positions).toEqual(upTo(head).slice(from))
    await reader.until(() => reader.feed.contiguity.upTo === head)
    expect(reader.feed.contiguity).toMatchObject({ from, head })
    mended += reader.feed.contiguity.gaps
    after = reader.feed.cursor as string
    line.pace = null
    line.fate = () => 'arrives'
  })
  // A fixed beginning, so that there is a gap to be mended in every run of this test; the rest is random. Even numbers:
  // each is waited for, so that the line is whole when the next one comes.
  const gaps: [string, number][] = [
    ['loseAChange', 100],
    ['repeat', 106],
    ['lose', 108],
  ]
  await fc.assert(follows, { numRuns: 4, endOnFailure: true, examples: [[gaps]] })
  expect(mended).toBeGreaterThan(0)
}, 60_000)
