import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { type Follower, type Seen, transports } from '../support/follower.ts'
import { keepHappening, type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record, { heartbeatMs: 100 })
  news = newsOf(record.write)
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const changes = (items: readonly Seen[]) => items.filter((item) => item.__typename === 'DevelopmentChange')
const actions = ({ items }: Follower) => changes(items).map(({ ref, action }) => `${ref} ${action}`)

// Every test has developments of its own, so that they share the record.
let round = 0
const fresh = (name: string) => `${name}-${++round}`

async function caughtUp(follower: Follower): Promise<Follower> {
  await follower.state('CAUGHT_UP')
  return follower
}

/** Waits until a follower was considered up to the record's head, with or without an item. */
async function considered(follower: Follower): Promise<void> {
  const head = await record.head()
  if ((follower.items.at(-1)?.position ?? 0) < head) await follower.waitFor((item) => item.position >= head)
}

describe.each(transports)('over $name', ({ follow }) => {
  /** From what is committed on: from now would be from what the server has heard of, which may be a little less. */
  const following = async (filter: object) => caughtUp(follow(server.port, { after: await feedHead(), filter }))

  it('F7 whatever the filter, no match lies strictly between an item and its previousPosition', async () => {
    const [swap, other, meeting] = [fresh('swap'), fresh('swap'), fresh('meeting')]
    const after = await feedHead()
    await news.agreed(swap)
    await news.met(meeting)
    await news.many(3, fresh('many'))
    await news.carriedOut(swap)
    await news.agreed(other)
    await news.corrected(other, 31)
    await news.retract(other)
    await news.reinstate(other)
    await news.agreed(swap, '2023-12-06')
    const filters = fc.record(
      {
        kind: fc.subarray(['EXCHANGE', 'TALK'], { minLength: 1 }),
        status: fc.subarray(['AGREED', 'CARRIED_OUT', 'HELD'], { minLength: 1 }),
        outlet: fc.subarray(['wire', 'gazette'], { minLength: 1 }),
        mediator: fc.constant(['The Envoy']),
        actor: fc.constantFrom([{ actor: 'Northville' }], [{ actor: 'south', role: ['PARTY'] }]),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const follower = await caughtUp(follow(server.port, { after, filter }))
        const matches = changes(follower.items).map(({ position }) => position)
        // The list goes another way to the same answer.
        expect(matches).toEqual(await listed(after, filter))
        for (const { position, previousPosition } of follower.items) {
          expect(matches.filter((p) => previousPosition < p && p < position)).toEqual([])
        }
        follower.stop()
      }),
      { numRuns: 12 },
    )
  })

  it('F8 a filtered stream that is quiet still moves its resume point to the head, while other things happen', async () => {
    const follower = await following({ kind: ['TALK'] })
    await using others = keepHappening(() => news.agreed(fresh('swap')))
    const first = await follower.state('HEARTBEAT')
    const beat = await follower.waitFor((item) => item.state === 'HEARTBEAT' && item.position > first.position)
    expect(beat.previousPosition).toBe(follower.items[0]?.position)
    expect(beat.headPosition).toBeGreaterThanOrEqual(beat.position)
    await others.stop()
    const head = await record.head()
    const last = await follower.waitFor((item) => item.position === head)
    expect(last).toMatchObject({ state: 'HEARTBEAT', headPosition: head, head: last.cursor })
    expect(changes(follower.items)).toEqual([])
    follower.stop()

    const meeting = fresh('meeting')
    await news.met(meeting)
    const resumed = follow(server.port, { filter: { kind: ['TALK'] }, after: last.cursor })
    expect(await resumed.change()).toMatchObject({ ref: meeting, position: head + 1, previousPosition: head })
    resumed.stop()
  })

  it('F11 a revision that moves a development out of the filter is delivered as LEFT_FILTER, once', async () => {
    const swap = fresh('swap')
    const follower = await following({ status: ['AGREED'] })
    await news.agreed(swap)
    await news.carriedOut(swap)
    await news.corrected(swap, 31)
    await considered(follower)
    expect(actions(follower)).toEqual([`${swap} CREATED`, `${swap} LEFT_FILTER`])
    expect(follower.items.find((item) => item.action === 'LEFT_FILTER')?.development?.status).toBe('CARRIED_OUT')
    follower.stop()
  })

  it('F11 a development leaves a composed filter as it leaves a plain one, and may come back into it', async () => {
    const swap = fresh('swap')
    const filter = {
      or: [{ kind: ['TALK'] }, { exchange: {}, not: { status: ['CARRIED_OUT'] } }, { reportsAtLeast: 3 }],
      not: { country: ['AM'] },
    }
    const follower = await following(filter)
    await news.agreed(swap)
    await news.carriedOut(swap)
    await news.carriedOut(swap, '2023-12-14')
    await considered(follower)
    expect(actions(follower)).toEqual([`${swap} CREATED`, `${swap} LEFT_FILTER`, `${swap} AMENDED`])
    follower.stop()
  })

  it('F11 who had it under a filter is told that it was retracted and given back; who had it not hears nothing', async () => {
    const swap = fresh('swap')
    const had = await following({ status: ['AGREED'] })
    const hadNot = await following({ status: ['CARRIED_OUT'] })
    await news.agreed(swap)
    // Read after its retraction, it would not have been told any more.
    await considered(had)
    await news.retract(swap)
    await news.agreed(swap, '2023-12-08')
    await news.reinstate(swap)
    await Promise.all([considered(had), considered(hadNot)])
    expect(actions(had)).toEqual([`${swap} CREATED`, `${swap} RETRACTED`, `${swap} REINSTATED`])
    expect(actions(hadNot)).toEqual([])
    had.stop()
    hadNot.stop()
  })

  it('F11 what is given back in another state than it was taken in is told to the filter that it passes now', async () => {
    const swap = fresh('swap')
    await news.agreed(swap)
    await news.retract(swap)
    const agreed = await following({ status: ['AGREED'] })
    const done = await following({ status: ['CARRIED_OUT'] })
    await news.carriedOut(swap)
    await news.reinstate(swap)
    await Promise.all([considered(agreed), considered(done)])
    expect(actions(agreed)).toEqual([])
    expect(actions(done)).toEqual([`${swap} REINSTATED`])
    agreed.stop()
    done.stop()
  })

  it('F11 late evidence of the past never makes a development leave a filter', async () => {
    const swap = fresh('swap')
    const done = await following({ status: ['CARRIED_OUT'] })
    const agreed = await following({ status: ['AGREED'] })
    await news.carriedOut(swap, '2023-12-13')
    await news.agreed(swap, '2023-12-07')
    await Promise.all([considered(done), considered(agreed)])
    expect(changes(agreed.items).map(({ action }) => action)).toEqual(['BACKDATED'])
    expect(changes(done.items).map(({ action }) => action)).toEqual(['CREATED', 'AMENDED'])
    done.stop()
    agreed.stop()
  })
})

async function feedHead(): Promise<string> {
  const { data } = await ask<{ feedHead: { cursor: string } }>(server.url, '{ feedHead { cursor } }')
  return data.feedHead.cursor
}

/** Positions of the matches after a cursor, as the list of the feed gives them. */
async function listed(after: string, filter: object): Promise<number[]> {
  const query = `query ($after: String, $filter: DevelopmentFilter) {
    feed(first: 100, after: $after, filter: $filter) { nodes { position } }
  }`
  const { data } = await ask<{ feed: { nodes: { position: number }[] } }>(server.url, query, { after, filter })
  return data.feed.nodes.map(({ position }) => position)
}
