import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, originOf } from '../support/ask.ts'
import { type Seen, transports } from '../support/follower.ts'
import { HEAVY } from '../support/heavy.ts'
import { type Line, openLine } from '../support/line.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type ServerSettings, type TestServer } from '../support/server.ts'

const HEAD = 80
let record: Record
let news: News
beforeAll(async () => {
  record = await openRecord()
  news = newsOf(record.write)
  // Together some 10 MB as HEAVY asks for them: more than any socket keeps.
  await news.many(HEAD, 'old', 1200)
})
afterAll(() => record[Symbol.asyncDispose]())

const FOLLOWERS =
  '{ followers { totalCount liveCount behindCount fullCount nodes { transport state position behindBy } } }'

let number = 32
/** A number that the record does not have yet. */
const fresh = () => ++number
const positionsOf = (items: readonly Seen[]) => items.flatMap((item) => (item.state ? [] : [item.position]))
const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)

/** A server, and a line to it. */
async function open(settings: ServerSettings): Promise<{ server: TestServer; line: Line } & AsyncDisposable> {
  const server = await openServer(record, settings)
  const line = await openLine(server.port)
  return {
    ...{ server, line },
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]()
      await server.close()
    },
  }
}

/** Waits until a follower is behind and its socket takes nothing for a while; gives where it stands. */
async function stalled({ feed }: TestServer): Promise<number> {
  let since = performance.now()
  let last = -1
  await expect
    .poll(
      () => {
        const full = feed.standings().behind.find(({ isFull }) => isFull)
        if (full === undefined || full.position !== last) since = performance.now()
        last = full?.position ?? -1
        return performance.now() - since > 400
      },
      { timeout: 10_000 },
    )
    .toBe(true)
  return last
}

describe.each(transports)('over $name', ({ name, follow }) => {
  it('F5 for a stalled client nothing is read and nothing queued, and the others are not slowed', async () => {
    await using opened = await open({})
    const { server, line } = opened
    const after = await originOf(server)
    const client = follow(line.port, { after, query: HEAVY })
    await client.next()
    line.hold()
    const other = follow(server.port, { after })
    await other.state('CAUGHT_UP')
    for (let i = 0; i < 3; i++) {
      await news.corrected('old-1', fresh())
      await other.change()
    }
    const position = await stalled(server)
    expect(position).toBeLessThan(HEAD)
    const head = await record.head()
    // Operators see which is which.
    const { data } = await ask(server.url, FOLLOWERS)
    expect(data).toMatchObject({
      followers: {
        ...{ totalCount: 2, liveCount: 1, behindCount: 1, fullCount: 1 },
        nodes: [
          { transport: name.toUpperCase(), state: 'FULL', position, behindBy: head - position },
          { transport: name.toUpperCase(), state: 'LIVE', position: head, behindBy: 0 },
        ],
      },
    })
    other.stop()
    line.release()
    await client.waitFor((item) => item.position === head)
    expect(positionsOf(client.items)).toEqual(upTo(head))
    client.stop()
  })

  it('F6 a follower that takes nothing is told LAGGED with its cursor when it takes again, and comes back after it', async () => {
    await using opened = await open({ stallMs: 200 })
    const { server, line } = opened
    const client = follow(line.port, { after: await originOf(server), query: HEAVY, comesBack: true })
    await client.next()
    line.hold()
    await stalled(server)
    line.release()
    const lagged = await client.state('LAGGED')
    expect(positionsOf(client.items).at(-1)).toBe(lagged.position)
    await client.state('CAUGHT_UP')
    expect(positionsOf(client.items)).toEqual(upTo(await record.head()))
    client.stop()
  })

  it('F6 after LAGGED its connection ends with what clients take as "come back"', async () => {
    await using opened = await open({ stallMs: 200 })
    const { server, line } = opened
    const client = follow(line.port, { after: await originOf(server), query: HEAVY })
    await client.next()
    line.hold()
    await stalled(server)
    line.release()
    await client.state('LAGGED')
    expect(await client.ended).toMatchObject(
      name === 'SSE' ? { how: 'cut' } : { how: 'cut', code: 1013, reason: 'LAGGED' },
    )
    expect(client.items.at(-1)).toMatchObject({ state: 'LAGGED' })
  })

  it('F6 a follower that never takes again is cut, and nothing of it remains', async () => {
    await using opened = await open({ stallMs: 200, drainMs: 300 })
    const { server, line } = opened
    const client = follow(line.port, { after: await originOf(server), query: HEAVY })
    await client.next()
    line.hold()
    await expect.poll(() => server.feed.followers, { timeout: 5000 }).toBe(0)
    // A server closes when it has no connection left.
    await server.close()
    client.stop()
  })

  it('F6 being far behind is no fault: who takes a little at a time finishes its replay', async () => {
    const stallMs = 1500
    await using opened = await open({ stallMs })
    const { server, line } = opened
    const client = follow(line.port, { after: await originOf(server), query: HEAVY })
    await client.next()
    const started = performance.now()
    for (const some of [16, 32, 48, 64, HEAD]) {
      // It takes nothing for a while, and then something.
      line.hold()
      await pause(stallMs / 2)
      line.release()
      await client.waitFor(({ position }) => position >= some)
    }
    expect(performance.now() - started).toBeGreaterThan(2.4 * stallMs)
    await client.state('CAUGHT_UP')
    expect(positionsOf(client.items)).toEqual(upTo(await record.head()))
    client.stop()
  })

  it('F12 a client that has stalled does not hold up the shutdown', async () => {
    await using opened = await open({ drainMs: 300 })
    const { server, line } = opened
    const client = follow(line.port, { after: await originOf(server), query: HEAVY })
    await client.next()
    line.hold()
    await stalled(server)
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(2000)
    expect(server.feed.followers).toBe(0)
    client.stop()
  })
})
