import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { write } from '../../src/store/pen.ts'
import { ask, originOf } from '../support/ask.ts'
import { tester } from '../support/author.ts'
import { LIGHT, type Seen, transports } from '../support/follower.ts'
import { keepHappening, type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
beforeEach(async () => {
  record = await openRecord()
  server = await openServer(record)
  news = newsOf(record.write)
})
afterEach(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const isChange = (item: Seen) => item.__typename === 'DevelopmentChange'
const positionsOf = (items: readonly Seen[]) => items.filter(isChange).map((item) => item.position)
const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)

describe.each(transports)('over $name', ({ follow }) => {
  it('F1 many writers at once, some of whom fail: every server gives the same items, contiguous and in commit order', async () => {
    await using other = await openServer(record)
    const followers = [server, other, server].map(({ port }) => follow(port, { query: LIGHT }))
    for (const follower of followers) await follower.state('CAUGHT_UP')
    const committed: string[] = []
    await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        const fails = writer % 5 === 0
        const work = write(
          record.database.pool,
          { now: new Date('2024-01-01T00:00:00Z'), author: tester },
          async (pen) => {
            const through = newsOf((task) => task(pen))
            const name = `w${writer}`
            const count = 1 + (writer % 3)
            await through.many(count, name)
            if (fails) throw new Error('this writer')
            // The head is still locked: nobody commits between this and our own commit.
            committed.push(...upTo(count).map((i) => `${name}-${i}`))
          },
        )
        await (fails ? expect(work).rejects.toThrow('this writer') : work)
      }),
    )
    const head = await record.head()
    expect(head).toBe(committed.length)
    for (const follower of followers) {
      await follower.waitFor((item) => item.position === head)
      expect(positionsOf(follower.items)).toEqual(upTo(head))
      expect(follower.items.filter(isChange).map((item) => item.ref)).toEqual(committed)
      follower.stop()
    }
  })

  it('F2 following from a cursor replays every later revision once, and goes on live without a seam while writes go on', async () => {
    // More than the feed reads at once.
    const before = 260
    await news.many(before, 'old')
    const early = follow(server.port, { last: before, query: LIGHT })
    const from = await early.waitFor((item) => item.position === 3)
    await using writer = keepHappening((i) => news.agreed(`new-${i}`))
    await early.waitFor((item) => item.position > before)
    early.stop()
    const follower = follow(server.port, { after: from.cursor, query: LIGHT })
    const caughtUp = await follower.state('CAUGHT_UP')
    expect(caughtUp.position).toBeGreaterThan(before)
    // On into what is live.
    await follower.waitFor((item) => item.position >= caughtUp.position + 5)
    await writer.stop()
    const head = await record.head()
    if (positionsOf(follower.items).at(-1) !== head) await follower.waitFor((item) => item.position === head)
    expect(positionsOf(follower.items)).toEqual(upTo(head).slice(3))
    follower.stop()
  })

  it('F2 an item shows its development at that position, whenever it is read', async () => {
    const live = follow(server.port)
    await live.state('CAUGHT_UP')
    await news.agreed('swap')
    await news.carriedOut('swap')
    await live.waitFor((item) => item.position === 2)
    const replay = follow(server.port, { after: await originOf(server) })
    await replay.state('CAUGHT_UP')
    for (const follower of [live, replay]) {
      expect(follower.items.filter(isChange)).toMatchObject([
        { position: 1, action: 'CREATED', development: { status: 'AGREED', headline: 'Prisoner exchange agreed' } },
        { position: 2, action: 'AMENDED', development: { status: 'CARRIED_OUT', headline: 'Prisoners exchanged' } },
      ])
      follower.stop()
    }
  })

  it('F2 what is retracted later is withheld from whoever replays it: a tombstone stands in its place', async () => {
    await news.agreed('swap')
    await news.retract('swap')
    const replay = follow(server.port, { after: await originOf(server) })
    await replay.state('CAUGHT_UP')
    expect(replay.items.filter(isChange)).toMatchObject([
      { position: 1, action: 'CREATED', development: { __typename: 'Tombstone' } },
      { position: 2, action: 'RETRACTED', development: { __typename: 'Tombstone' } },
    ])
    replay.stop()
  })

  it("F10 a query's cursor, then a subscription after it: every development is in one of them, once, while writes go on", async () => {
    await using writer = keepHappening((i) => news.agreed(`swap-${i}`))
    const probe = follow(server.port)
    await probe.waitFor((item) => item.position >= 3)
    const query = '{ developments(first: 100) { feedCursor totalCount nodes { ref revision { position } } } }'
    const { data } = await ask<{
      developments: { feedCursor: string; nodes: { ref: string; revision: { position: number } }[] }
    }>(server.url, query)
    const { feedCursor, nodes } = data.developments
    const follower = follow(server.port, { after: feedCursor })
    await follower.state('CAUGHT_UP')
    await follower.change()
    await writer.stop()
    const head = await record.head()
    if (positionsOf(follower.items).at(-1) !== head) await follower.waitFor((item) => item.position === head)
    const state = nodes.map((node) => node.revision.position).sort((a, b) => a - b)
    expect([...state, ...positionsOf(follower.items)]).toEqual(upTo(head))
    expect(positionsOf(follower.items)[0]).toBe(state.length + 1)
    follower.stop()
    probe.stop()
  })
})
