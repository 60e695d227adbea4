import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { copyDatabase } from '../support/backup.ts'
import { type Fleet, type Member, openFleet } from '../support/fleet.ts'
import { LIGHT, transports } from '../support/follower.ts'
import { changesOf } from '../support/received.ts'
import { openRecord, type Record } from '../support/record.ts'
import { swaps } from '../support/recorded.ts'
import { submitUntilTaken } from '../support/submit.ts'

/** Positions at the backup, and the heads to which the original and the restored copy were written on. */
const BACKED_UP = 3
const ORIGINAL = 7
const COPY = 5

let record: Record
const fleets: Fleet[] = []
const drops: (() => Promise<void>)[] = []
/** The original's cursors by position, and what its refs were. */
let cursors: string[]
/** A server on the restored copy. */
let restored: Member

beforeAll(async () => {
  record = await openRecord()
  const original = await startOn(record.url)
  await write(original, 'shared', BACKED_UP)
  const copy = await copyDatabase(record.url)
  drops.push(copy.drop)
  restored = await startOn(copy.url)
  await write(original, 'original', ORIGINAL - BACKED_UP)
  await write(restored, 'restored', COPY - BACKED_UP)
  const query = '{ feedHead { origin } feed(first: 100) { edges { cursor } } }'
  const { data } = await ask<{ feedHead: { origin: string }; feed: { edges: { cursor: string }[] } }>(
    original.address,
    query,
  )
  cursors = [data.feedHead.origin, ...data.feed.edges.map(({ cursor }) => cursor)]
  expect(cursors).toHaveLength(ORIGINAL + 1)
}, 90_000)
afterAll(async () => {
  for (const fleet of fleets) await fleet[Symbol.asyncDispose]()
  for (const drop of drops) await drop()
  await record[Symbol.asyncDispose]()
})

async function startOn(url: string): Promise<Member> {
  const fleet = openFleet(url)
  fleets.push(fleet)
  return fleet.start()
}

// The connections that the backup has ended are noticed by whoever uses them next: so again and again.
async function write({ address }: Member, name: string, count: number): Promise<void> {
  for (let i = 1; i <= count; i++) await submitUntilTaken(() => address, swaps(`${name}-${i}`, 1))
}

const refs = ['shared-1-1', 'shared-2-1', 'shared-3-1', 'restored-1-1', 'restored-2-1']
const lists = {
  'feed(after:)': 'query ($cursor: String!) { feed(first: 100, after: $cursor) { nodes { position ref } } }',
  at: 'query ($cursor: FeedCursor!) { developments(first: 100, at: $cursor) { totalCount nodes { ref } } }',
}
type Listed = { feed: { nodes: { ref: string }[] }; developments: { totalCount: number } }

/** What follows a cursor as the copy has it, by each way to ask, and how many developments there were at it. */
async function expectContinuation(cursor: string, position: number): Promise<void> {
  for (const { follow } of transports) {
    const follower = follow(restored.port, { after: cursor, query: LIGHT })
    await follower.state('CAUGHT_UP')
    expect(changesOf(follower.items).map(({ ref }) => ref)).toEqual(refs.slice(position))
    follower.stop()
  }
  const feed = await ask<Listed>(restored.address, lists['feed(after:)'], { cursor })
  expect(feed.data.feed.nodes.map(({ ref }) => ref)).toEqual(refs.slice(position))
  const at = await ask<Listed>(restored.address, lists.at, { cursor })
  expect(at.data.developments.totalCount).toBe(position)
}

describe('of a backup that was restored and written on', () => {
  it.each([0, 1, BACKED_UP])(
    'F9 goes on after the original’s cursor of position %i, which the backup had',
    (position) => expectContinuation(cursors[position] as string, position),
  )

  describe.each([
    { position: BACKED_UP + 1, code: 'CURSOR_FROM_ANOTHER_HISTORY' },
    { position: COPY, code: 'CURSOR_FROM_ANOTHER_HISTORY' },
    { position: COPY + 1, code: 'CURSOR_FROM_THE_FUTURE' },
    { position: ORIGINAL, code: 'CURSOR_FROM_THE_FUTURE' },
  ])('the original’s cursor of position $position', ({ position, code }) => {
    const cursor = () => cursors[position] as string

    it.each(transports)(`F9 is ${code} over $name, with a head and an origin that work`, async ({ follow }) => {
      const { how, errors } = await follow(restored.port, { after: cursor() }).ended
      expect(how).toBe('refused')
      await expectWayOut(errors?.[0]?.extensions)
    })

    it.each(Object.entries(lists))(`F9 is ${code} to %s, with a head and an origin that work`, async (_, query) => {
      const { data, errors } = await ask(restored.address, query, { cursor: cursor() })
      expect(data ?? null).toBeNull()
      await expectWayOut(errors?.[0]?.extensions)
    })

    async function expectWayOut(extensions: { code?: string; head?: string; origin?: string } = {}): Promise<void> {
      expect(extensions.code).toBe(code)
      await expectContinuation(extensions.head as string, COPY)
      await expectContinuation(extensions.origin as string, 0)
    }
  })
})
