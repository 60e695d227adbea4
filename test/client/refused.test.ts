import { describe, expect, test } from 'vitest'
import { FollowRefused } from '../../src/client/follow.ts'
import { ask, originOf } from '../support/ask.ts'
import { openBadLine } from '../support/badLine.ts'
import { newsOf } from '../support/news.ts'
import { openReader } from '../support/reader.ts'
import { openRecord } from '../support/record.ts'
import { openScriptedServer } from '../support/scriptedServer.ts'
import { openServer } from '../support/server.ts'

describe('what would not change by trying again ends it with FollowRefused', () => {
  test.each([
    ['a cursor that no server issued', { after: 'no cursor' }, 'CURSOR_MALFORMED', /after/],
    ['a selection that the schema does not have', { selection: 'nonsense' }, null, /nonsense/],
    ['a selection that is no GraphQL', { selection: 'action { {' }, null, /Syntax Error/],
    ['an argument out of bounds', { last: 5000 }, 'BAD_USER_INPUT', /must be from 0 to 1000/],
  ])('%s', async (_, options, code, message) => {
    await using record = await openRecord()
    await using server = await openServer(record)
    await using line = await openBadLine(server.port)
    await using reader = openReader(line.port, options)
    const refused = (await reader.ended) as FollowRefused
    expect(refused).toBeInstanceOf(FollowRefused)
    expect(refused.message).toMatch(message)
    if (code) expect(refused.code).toBe(code)
    expect(reader.feed.state).toMatchObject({ is: 'closed', error: refused })
    expect(line.made).toBe(1)
    expect(await reader.feed.next()).toMatchObject({ done: true })
  })

  test('a cursor of another record, in the middle of its life: what had come is delivered, and it says where to start again', async () => {
    await using first = await openRecord()
    await using server = await openServer(first)
    await using line = await openBadLine(server.port)
    await using reader = openReader(line.port)
    await reader.state('live')
    await newsOf(first.write).many(3, 'ours')
    await reader.until(() => reader.items.length === 3)
    await using other = await openRecord()
    await using restored = await openServer(other)
    await newsOf(other.write).many(1, 'theirs')
    line.reroute(restored.port)
    line.cut()
    const refused = (await reader.ended) as FollowRefused
    expect(refused).toMatchObject({ name: 'FollowRefused', code: 'CURSOR_FROM_THE_FUTURE' })
    expect(refused.origin).toBe(await originOf(restored))
    await using again = openReader(restored.port, { after: refused.origin })
    await again.until(() => again.items.length === 1)
    expect(again.items).toMatchObject([{ ref: 'theirs-1' }])
    const { data } = await ask<{ feedHead: { cursor: string } }>(restored.url, '{ feedHead { cursor } }')
    expect(refused.head).toBe(data.feedHead.cursor)
  })
})

describe('what may pass is tried again', () => {
  test('a database that is away', async () => {
    await using record = await openRecord()
    await using server = await openServer(record)
    await using line = await openBadLine(server.port)
    const after = await originOf(server)
    const { pool } = record.database
    await pool.query('alter table "Revision" rename to "Gone"')
    await pool.query('alter table "Head" rename to "GoneToo"')
    await using reader = openReader(line.port, { last: 1 })
    await expect.poll(() => line.made, { timeout: 10_000 }).toBeGreaterThan(2)
    await pool.query('alter table "Gone" rename to "Revision"')
    await pool.query('alter table "GoneToo" rename to "Head"')
    await reader.state('live')
    await newsOf(record.write).agreed('swap')
    await reader.until(() => reader.items.length === 1)
    expect(reader.feed.contiguity.from).toBe(0)
    expect(after).toBeTypeOf('string')
  })

  const passing = [
    ['an unexpected error', { message: 'Unexpected error.', extensions: { unexpected: true } }],
    ['UNAVAILABLE', { message: 'Later.', extensions: { code: 'UNAVAILABLE' } }],
  ] as const
  test.each(passing)('an answer of %s', async (_, error) => {
    await using server = await openScriptedServer((peer) => {
      if (peer.index === 0) peer.refuse(error)
      else peer.item({ position: 5, state: 'OPENED' })
    })
    await using reader = openReader(server.port)
    await reader.state('replaying')
    expect(reader.feed.state.error?.message).toBe(error.message)
  })

  test.each([1000, 1001, 1012, 4403, 4408, 4500])(
    'a close with %i, soon, asking for the parameters anew',
    async (code) => {
      await using server = await openScriptedServer((peer) => {
        if (peer.index === 0) peer.close(code, 'for now')
        else peer.item({ position: 5, state: 'OPENED' })
      })
      let asked = 0
      await using reader = openReader(server.port, { connectionParams: async () => ({ token: ++asked }) })
      await reader.state('replaying')
      expect(reader.feed.state.error?.message).toBe(`The connection was closed: ${code} for now.`)
      expect(server.peers.map(({ params }) => params)).toEqual([{ token: 1 }, { token: 2 }])
    },
  )

  test.each([4400, 4401, 4406, 4409, 4429])(
    'a close with %i, which is a client’s fault, after the longest delay',
    async (code) => {
      await using server = await openScriptedServer((peer) => {
        if (peer.index === 0) peer.close(code)
        else peer.item({ position: 5, state: 'OPENED' })
      })
      await using reader = openReader(server.port, { retry: { firstMs: 1, mostMs: 400 } })
      await reader.state('offline')
      const { state } = reader.feed
      if (state.is === 'offline') expect(Number(state.nextTry) - Number(state.since)).toBeGreaterThan(190)
      await reader.state('replaying')
    },
  )

  test('a server that completes what has no end, an address that cannot be had, parameters that cannot', async () => {
    await using server = await openScriptedServer((peer) => {
      if (peer.index === 0) peer.complete()
      else peer.item({ position: 5, state: 'OPENED' })
    })
    const fail = [true, true]
    const messages = new Set<string>()
    await using reader = openReader(server.port, {
      url: async () => {
        if (fail.pop()) throw new Error('No address yet.')
        return `ws://127.0.0.1:${server.port}`
      },
      connectionParams: () =>
        server.peers.length === 1 && messages.size === 2 ? Promise.reject(new Error('No token yet.')) : {},
      onState: ({ error }) => error && messages.add(error.message),
    })
    await reader.state('replaying')
    expect([...messages]).toEqual(['No address yet.', 'The server completed what has no end.', 'No token yet.'])
  })
})
