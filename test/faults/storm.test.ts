import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptDispatch, readDispatch } from '../../src/ingest/dispatch.ts'
import { ask } from '../support/ask.ts'
import { type Fleet, type Member, openFleet } from '../support/fleet.ts'
import { type Follower, LIGHT, transports } from '../support/follower.ts'
import { keepHappening, report, talk } from '../support/news.ts'
import { changesOf, expectReceived, provesWhole } from '../support/received.ts'
import { openRecord, type Record } from '../support/record.ts'
import { expectRecorded, swaps } from '../support/recorded.ts'
import { exchange } from '../support/sample.ts'
import { submit } from '../support/submit.ts'
import { killTails } from '../support/tails.ts'

const WRITERS = 8
const KILL_EVERY_MS = 200
const KILLS = 45
const ROUNDS = 12

let record: Record
let fleet: Fleet
let servers: Member[]
beforeAll(async () => {
  record = await openRecord()
  fleet = openFleet(record.url)
  const start = () => fleet.start({ PARLEY_HEARTBEAT_MS: '200' })
  servers = await Promise.all([start(), start(), start()])
  await failCommits()
}, 90_000)
afterAll(async () => {
  await fleet[Symbol.asyncDispose]()
  await record[Symbol.asyncDispose]()
})

/** The commit of whatever is named so fails: it has taken its numbers and moved the head by then. */
const DOOMED = 'doomed'
const failCommits = () =>
  record.database.pool.query(`
    create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
    create constraint trigger fail after insert on "Revision" deferrable initially deferred
      for each row when (new."developmentId" like '${DOOMED}%') execute function fail()`)

/** Writes as one of the writers: most through a server, the last two beside them in a process of their own. */
async function write(writer: number, dispatch: object): Promise<string> {
  if (writer < WRITERS - 2) return (await submit((servers[writer % 3] as Member).address, dispatch)).how
  const work = record.write((pen) => acceptDispatch(pen, readDispatch(dispatch)))
  return work.then(
    () => 'accepted',
    () => 'failed',
  )
}

/** Lets all writers write, each round a doomed one or not, while the connections that listen are killed. */
async function storm(happen: (writer: number, round: number, isDoomed: boolean) => Promise<void>): Promise<void> {
  await using killed = await killTails(record.url, KILL_EVERY_MS)
  let busy = WRITERS
  let enough = () => {}
  const written = new Promise<void>((resolve) => {
    enough = resolve
  })
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    keepHappening(async (round) => {
      await happen(writer, round, (round + writer) % 10 === 0)
      // A machine that is slow to write is not slow to kill.
      if (round === ROUNDS && --busy === 0) enough()
    }),
  )
  try {
    await Promise.all([killed.until(KILLS), written])
  } finally {
    for (const writer of writers) await writer.stop()
  }
}

it('F1 eight writers over three servers, one commit of ten rolled back, the connections that listen killed all the time: every follower on every server gets every position once, in order', async () => {
  const before = await record.head()
  const followers = servers.flatMap(({ port }) => transports.map(({ follow }) => follow(port, { query: LIGHT })))
  for (const follower of followers) await follower.state('CAUGHT_UP')
  const written: object[] = []
  const answers = new Set<string>()
  await storm(async (writer, round, isDoomed) => {
    const dispatch = swaps(`${isDoomed ? DOOMED : 'swap'}-${writer}-${round}`, 1 + (round % 3))
    if (!isDoomed) written.push(dispatch)
    answers.add(`${isDoomed ? DOOMED : 'sound'} ${await write(writer, dispatch)}`)
  })
  expect(answers).toEqual(new Set(['sound accepted', `${DOOMED} failed`]))
  const refs = await expectRecorded(record.database.pool, written, before)
  for (const follower of followers) {
    await expectReceived(follower, refs, before)
    follower.stop()
  }
}, 90_000)

describe('through the same, with a filter,', () => {
  const filters = [{ status: ['AGREED'] }, { kind: ['TALK'] }, { status: ['CARRIED_OUT'], outlet: ['wire'] }]
  let after: string
  let followers: { filter: object; follower: Follower }[]
  /** Exchanges that were agreed, and of these the ones that were carried out later. */
  const agreed: string[] = []
  const carriedOut: string[] = []

  beforeAll(async () => {
    const [first] = servers as [Member]
    after = (await ask<{ feedHead: { cursor: string } }>(first.address, '{ feedHead { cursor } }')).data.feedHead.cursor
    followers = servers.flatMap(({ port }, i) =>
      filters.map((filter, j) => {
        const { follow } = transports[(i + j) % 2] as (typeof transports)[number]
        return { filter, follower: follow(port, { after, filter, query: LIGHT }) }
      }),
    )
    for (const { follower } of followers) await follower.state('CAUGHT_UP')
    const on = '2023-12-07'
    await storm(async (writer, round, isDoomed) => {
      const ref = `${isDoomed ? DOOMED : 'filtered'}-${writer}-${round}`
      const tell = async (development: object) => (await write(writer, report(on, development))) === 'accepted'
      if (round % 3 === 2) await tell(talk(ref, on))
      else if (await tell(exchange({ ref, status: 'AGREED', on }))) {
        agreed.push(ref)
        if (round % 3 === 1 && (await tell(exchange({ ref, status: 'CARRIED_OUT', on })))) carriedOut.push(ref)
      }
    })
    const head = await record.head()
    // It says of the last match, too, that it was the last one.
    for (const { follower } of followers)
      await follower.waitFor((item) => item.state === 'HEARTBEAT' && item.position === head)
  }, 90_000)
  afterAll(() => {
    for (const { follower } of followers) follower.stop()
  })

  it('F7 every follower proves from previousPosition alone that it missed nothing, and would notice the loss of any one match', async () => {
    const { address } = servers[0] as Member
    for (const { filter, follower } of followers) {
      const { items } = follower
      const matches = changesOf(items)
      expect(matches.length).toBeGreaterThan(3)
      expect(matches.map(({ position, action }) => `${position} ${action}`)).toEqual(
        await listed(address, { after, filter }),
      )
      expect(provesWhole(items)).toBe(true)
      const unnoticed = matches.filter((lost) => provesWhole(items.filter((item) => item !== lost)))
      expect(unnoticed).toEqual([])
    }
  })

  it('F11 what leaves the filter of agreed exchanges arrives as LEFT_FILTER, each of them once, after it was there', () => {
    expect(carriedOut.length).toBeGreaterThan(10)
    const expected = [...agreed.map((ref) => `${ref} CREATED`), ...carriedOut.map((ref) => `${ref} LEFT_FILTER`)].sort()
    for (const { follower } of followers.filter(({ filter }) => filter === filters[0])) {
      expect(
        changesOf(follower.items)
          .map(({ ref, action }) => `${ref} ${action}`)
          .sort(),
      ).toEqual(expected)
    }
  })
})

/** The matches after a cursor as the list gives them, which goes another way to the same answer. */
async function listed(address: string, { after, filter }: { after: string; filter: object }): Promise<string[]> {
  const query = `query ($after: String, $filter: DevelopmentFilter) {
    feed(first: 100, after: $after, filter: $filter) { nodes { position action } pageInfo { hasNextPage endCursor } }
  }`
  const matches: string[] = []
  for (let from = after; ; ) {
    const { data } = await ask<{
      feed: {
        nodes: { position: number; action: string }[]
        pageInfo: { hasNextPage: boolean; endCursor: string }
      }
    }>(address, query, { after: from, filter })
    matches.push(...data.feed.nodes.map(({ position, action }) => `${position} ${action}`))
    if (!data.feed.pageInfo.hasNextPage) return matches
    from = data.feed.pageInfo.endCursor
  }
}
