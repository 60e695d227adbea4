import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { type Follow, type Follower, type FollowOptions, transports } from '../support/follower.ts'
import { type Mending, mendingOf } from '../support/mending.ts'
import { type News, newsOf, report } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { exchange } from '../support/sample.ts'
import { openServer, type TestServer } from '../support/server.ts'

let record: Record
let server: TestServer
let news: News
let desk: Mending
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record, { heartbeatMs: 100 })
  news = newsOf(record.write)
  desk = mendingOf(record)
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

const query = `subscription ($after: FeedCursor, $last: Int, $filter: DevelopmentFilter) {
  developments(after: $after, last: $last, filter: $filter) {
    __typename cursor position previousPosition
    ... on DevelopmentChange {
      action ref mergedInto { ref status reportCount }
      development { __typename headline status ... on Tombstone { reason mergedInto } }
    }
    ... on FeedStatus { state head headPosition }
  }
}`

const changes = ({ items }: Follower) => items.filter((item) => item.__typename === 'DevelopmentChange')
const actions = (follower: Follower) => changes(follower).map(({ ref, action }) => `${ref} ${action}`)

/** Follows from where the record is: what a server has not heard yet would come, too. */
async function fromNow(follow: Follow, options: FollowOptions = {}): Promise<Follower> {
  const follower = follow(server.port, { after: await cursorNow(), ...options })
  await follower.state('CAUGHT_UP')
  return follower
}

async function cursorNow(): Promise<string> {
  return (await ask<{ feedHead: { cursor: string } }>(server.url, '{ feedHead { cursor } }')).data.feedHead.cursor
}

/** Waits until a follower was considered up to the record's head, with or without an item. */
async function considered(follower: Follower): Promise<void> {
  const head = await record.head()
  if ((follower.items.at(-1)?.position ?? 0) < head) await follower.waitFor((item) => item.position >= head)
}

let round = 0
/** An exchange that is agreed, and one that is carried out: the same one. */
async function twins(): Promise<[swap: string, twin: string]> {
  round++
  const [swap, twin] = [`swap-${round}`, `twin-${round}`]
  await news.agreed(swap)
  await news.carriedOut(twin)
  return [swap, twin]
}

describe.each(transports)('over $name', ({ follow }) => {
  it('F11 a merge comes as what it made of the one that stays, then as MERGED of the other, which points there', async () => {
    const [swap, twin] = await twins()
    const follower = await fromNow(follow, { query })
    const head = await record.head()
    await desk.merge(twin, swap)
    await considered(follower)
    const [amended, merged] = changes(follower)
    expect(amended).toMatchObject({ position: head + 1, ref: swap, action: 'AMENDED', mergedInto: null })
    expect(amended?.development).toMatchObject({ __typename: 'Exchange', status: 'CARRIED_OUT' })
    expect(merged).toMatchObject({
      ...{ position: head + 2, previousPosition: head + 1, ref: twin, action: 'MERGED' },
      mergedInto: { ref: swap, status: 'CARRIED_OUT', reportCount: 2 },
      development: { __typename: 'Tombstone', headline: 'Merged', reason: 'The desk says so', mergedInto: swap },
    })
    expect(changes(follower)).toHaveLength(2)
    follower.stop()
  })

  it('F11 a merge is told under a filter to whom had the one or the other, and to nobody else', async () => {
    const [swap, twin] = await twins()
    const agreed = await fromNow(follow, { filter: { status: ['AGREED'] } })
    const done = await fromNow(follow, { filter: { status: ['CARRIED_OUT'] } })
    const talks = await fromNow(follow, { filter: { kind: ['TALK'] } })
    await desk.merge(twin, swap)
    await Promise.all([agreed, done, talks].map(considered))
    expect(actions(agreed)).toEqual([`${swap} LEFT_FILTER`])
    expect(actions(done)).toEqual([`${swap} AMENDED`, `${twin} MERGED`])
    expect(actions(talks)).toEqual([])
    for (const one of [agreed, done, talks]) one.stop()
  })

  it('F2 who replays a merge sees what each of the two was before it, as those saw who followed then', async () => {
    const after = await cursorNow()
    const live = await fromNow(follow, { query })
    const [swap, twin] = await twins()
    await considered(live)
    await desk.merge(twin, swap)
    await considered(live)
    const replayed = await fromNow(follow, { query, after })
    expect(changes(replayed)).toEqual(changes(live))
    expect(actions(replayed)).toEqual([`${swap} CREATED`, `${twin} CREATED`, `${swap} AMENDED`, `${twin} MERGED`])
    live.stop()
    replayed.stop()
  })

  it('F11 a split comes as what is created, then as what is left; its undoing of a merge as REINSTATED', async () => {
    const [swap, twin] = await twins()
    await desk.merge(twin, swap)
    const follower = await fromNow(follow, { query })
    const agreed = await fromNow(follow, { filter: { status: ['AGREED'] } })
    await desk.split({ from: swap, ref: twin })
    await Promise.all([follower, agreed].map(considered))
    expect(actions(follower)).toEqual([`${twin} REINSTATED`, `${swap} CORRECTED`])
    expect(actions(agreed)).toEqual([`${swap} CORRECTED`])
    follower.stop()
    agreed.stop()
  })

  it('F11 the retraction of a report comes as what it corrects and what it retracts, in one run without holes', async () => {
    round++
    const [both, alone] = [`both-${round}`, `alone-${round}`]
    await news.agreed(both)
    const invented = report(
      '2023-12-13',
      ...[both, alone].map((ref) => exchange({ ref, status: 'CARRIED_OUT', on: '2023-12-13' })),
    )
    await record.ingest(invented)
    const follower = await fromNow(follow, { query })
    const done = await fromNow(follow, { filter: { status: ['CARRIED_OUT'] } })
    const head = await record.head()
    await desk.retractReport((invented as { report: { id: string } }).report.id)
    await Promise.all([follower, done].map(considered))
    expect(changes(follower).map(({ position }) => position)).toEqual([head + 1, head + 2])
    expect(actions(follower)).toEqual([`${both} CORRECTED`, `${alone} RETRACTED`])
    expect(actions(done)).toEqual([`${both} LEFT_FILTER`, `${alone} RETRACTED`])
    follower.stop()
    done.stop()
  })
})
