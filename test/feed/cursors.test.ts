import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeCursor } from '../../src/feed/cursor.ts'
import { write } from '../../src/store/pen.ts'
import { ask, originOf } from '../support/ask.ts'
import { tester } from '../support/author.ts'
import { transports } from '../support/follower.ts'
import { type News, newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'
import { withoutNotices } from '../support/silence.ts'

let record: Record
let server: TestServer
let news: News
beforeAll(async () => {
  record = await openRecord()
  server = await openServer(record)
  news = newsOf(record.write)
  for (let i = 1; i <= 5; i++) await news.agreed(`swap-${i}`)
})
afterAll(async () => {
  await server.close()
  await record[Symbol.asyncDispose]()
})

/** The head's cursor as the server tells it. */
async function headOf({ url }: TestServer): Promise<string> {
  return (await ask<{ feedHead: { cursor: string } }>(url, '{ feedHead { cursor } }')).data.feedHead.cursor
}

const unusable = [
  { which: 'garbage', cursor: 'garbage!', code: 'CURSOR_MALFORMED' },
  {
    which: 'another list’s cursor',
    cursor: Buffer.from('["2023-12-07",1]').toString('base64url'),
    code: 'CURSOR_MALFORMED',
  },
  { which: 'empty', cursor: '', code: 'CURSOR_MALFORMED' },
  {
    which: 'from the future',
    cursor: encodeCursor({ position: 6, tag: '0123456789abcdef' }),
    code: 'CURSOR_FROM_THE_FUTURE',
  },
  {
    which: 'from another history',
    cursor: encodeCursor({ position: 3, tag: '0123456789abcdef' }),
    code: 'CURSOR_FROM_ANOTHER_HISTORY',
  },
  {
    which: 'of another record’s beginning',
    cursor: encodeCursor({ position: 0, tag: '0123456789abcdef' }),
    code: 'CURSOR_FROM_ANOTHER_HISTORY',
  },
]

const questions = {
  'feed(after:)': 'query ($cursor: String!) { feed(after: $cursor) { nodes { position } } }',
  at: 'query ($cursor: FeedCursor!) { developments(at: $cursor) { totalCount } }',
}

describe.each(unusable)('a cursor that is $which', ({ cursor, code }) => {
  const expected = async () => ({
    code,
    ...(code !== 'CURSOR_MALFORMED' && { head: await headOf(server), origin: await originOf(server) }),
  })

  it.each(transports)(
    'F9 is a typed answer to a subscription over $name, with where to start again',
    async ({ follow }) => {
      const { how, errors } = await follow(server.port, { after: cursor }).ended
      expect(how).toBe('refused')
      expect(errors).toMatchObject([{ extensions: await expected() }])
    },
  )

  it.each(Object.entries(questions))('F9 is a typed answer to %s, with where to start again', async (_, query) => {
    const { data, errors } = await ask(server.url, query, { cursor })
    expect(data ?? null).toBeNull()
    expect(errors).toMatchObject([{ extensions: await expected() }])
  })
})

describe.each(transports)('over $name', ({ follow }) => {
  it('F9 what the answer gives to start again with works', async () => {
    const lost = encodeCursor({ position: 99, tag: '0123456789abcdef' })
    const { errors } = await follow(server.port, { after: lost }).ended
    const { head, origin } = errors?.[0]?.extensions ?? {}
    const fromHead = follow(server.port, { after: head })
    expect(await fromHead.state('CAUGHT_UP')).toMatchObject({ position: 5, cursor: head })
    expect(fromHead.items).toHaveLength(2)
    const fromOrigin = follow(server.port, { after: origin })
    await fromOrigin.state('CAUGHT_UP')
    expect(fromOrigin.items.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 5])
    for (const follower of [fromHead, fromOrigin]) follower.stop()
  })

  it('F9 a cursor of a backup that was written on after it was restored is another history', async () => {
    await using restored = await openRecord()
    await using other = await openServer(restored)
    for (let i = 1; i <= 5; i++) await newsOf(restored.write).agreed(`swap-${i}`)
    const { errors } = await follow(other.port, { after: await headOf(server) }).ended
    expect(errors).toMatchObject([{ extensions: { code: 'CURSOR_FROM_ANOTHER_HISTORY', head: await headOf(other) } }])
  })

  it('F9 a cursor that another server has just written is known, also before the own tail has read so far', async () => {
    await using record = await openRecord()
    await using behind = await openServer(record)
    const pool = withoutNotices(record.database)
    await newsOf((work) => write(pool, { now: new Date(), author: tester }, work)).agreed('swap')
    const after = await headOf(behind)
    expect(behind.feed.head().position).toBe(0)
    const follower = follow(behind.port, { after })
    expect(await follower.state('CAUGHT_UP')).toMatchObject({ position: 1, cursor: after })
    await newsOf(record.write).agreed('next')
    expect(await follower.change()).toMatchObject({ position: 2, previousPosition: 1 })
    expect(follower.items).toHaveLength(3)
    follower.stop()
  })

  it('begins with the last matches: as many as are asked for, or all there are', async () => {
    for (const [last, positions] of [
      [0, []],
      [2, [4, 5]],
      [5, [1, 2, 3, 4, 5]],
      [1000, [1, 2, 3, 4, 5]],
    ] as const) {
      const follower = follow(server.port, { last })
      await follower.state('CAUGHT_UP')
      expect(follower.items.flatMap((item) => (item.state ? [] : [item.position]))).toEqual(positions)
      follower.stop()
    }
    const filtered = follow(server.port, { last: 2, filter: { kind: ['TALK'] } })
    expect(await filtered.state('CAUGHT_UP')).toMatchObject({ position: 5, previousPosition: 0 })
    filtered.stop()
  })

  it.each([
    { args: { last: 5, after: 'head' }, path: 'last', rule: 'must not be given beside `after`' },
    { args: { last: -1 }, path: 'last', rule: 'must be from 0 to 1000' },
    { args: { last: 1001 }, path: 'last', rule: 'must be from 0 to 1000' },
    { args: { filter: { actor: [{ actor: 'Atlantis' }] } }, path: 'filter.actor', rule: 'must name an actor' },
    { args: { filter: { mediator: ['Atlantis'] } }, path: 'filter.mediator', rule: 'must name an actor' },
    { args: { filter: { outlet: ['atlantis'] } }, path: 'filter.outlet', rule: 'must be the ref of an outlet' },
    { args: { filter: { process: ['atlantis'] } }, path: 'filter.process', rule: 'must be the ref of a process' },
  ])('refuses $args with its path and rule', async ({ args, path, rule }) => {
    const after = 'after' in args ? { after: await headOf(server) } : {}
    const { how, errors } = await follow(server.port, { ...args, ...after }).ended
    expect(how).toBe('refused')
    expect(errors).toMatchObject([
      { message: expect.stringContaining(rule), extensions: { code: 'BAD_USER_INPUT', path } },
    ])
  })
})
