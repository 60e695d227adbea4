import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Frame, receive } from '../../src/client/contiguity.ts'
import { originOf } from '../support/ask.ts'
import { type BadLine, openBadLine } from '../support/badLine.ts'
import { newsOf } from '../support/news.ts'
import { openReader, upTo } from '../support/reader.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer, type TestServer } from '../support/server.ts'

describe('over a line that loses and repeats messages', () => {
  let record: Record
  let server: TestServer
  let line: BadLine
  beforeEach(async () => {
    record = await openRecord()
    server = await openServer(record, { heartbeatMs: 100 })
    line = await openBadLine(server.port)
  })
  afterEach(async () => {
    await line[Symbol.asyncDispose]()
    await server.close()
    await record[Symbol.asyncDispose]()
  })

  /** The first message that has the text in it meets this fate. */
  function once(text: string, fate: 'is lost' | 'comes twice'): () => boolean {
    let has = false
    line.fate = (message) => {
      if (has || !message.includes(text)) return 'arrives'
      has = true
      return fate
    }
    return () => has
  }

  test('what is lost is noticed in the next item, asked for again, and delivered before it', async () => {
    await newsOf(record.write).many(9, 'old')
    const hasHappened = once('"old-4"', 'is lost')
    await using reader = openReader(line.port, { after: await originOf(server) })
    await reader.state('live')
    expect(hasHappened()).toBe(true)
    expect(reader.positions).toEqual(upTo(9))
    expect(reader.feed.contiguity).toEqual({ from: 0, upTo: 9, head: 9, gaps: 1, duplicates: 0 })
  })

  test('the loss of the last item is noticed in the next heartbeat', async () => {
    const errors: string[] = []
    await using reader = openReader(line.port, { onState: ({ error }) => errors.push(error?.message ?? '') })
    await reader.state('live')
    const hasHappened = once('"last"', 'is lost')
    await newsOf(record.write).agreed('last')
    await reader.until(() => reader.items.length === 1)
    expect(hasHappened()).toBe(true)
    expect(reader.feed.contiguity).toMatchObject({ from: 0, gaps: 1 })
    expect(errors).toContain('Something before position 1 did not come.')
  })

  test('what comes twice is delivered once, and counted', async () => {
    await newsOf(record.write).many(9, 'old')
    const hasHappened = once('"old-4"', 'comes twice')
    await using reader = openReader(line.port, { after: await originOf(server) })
    await reader.state('live')
    expect(hasHappened()).toBe(true)
    expect(reader.positions).toEqual(upTo(9))
    expect(reader.feed.contiguity).toMatchObject({ gaps: 0, duplicates: 1 })
  })

  test('is not live while it does not know that it has everything, also when CAUGHT_UP itself is lost', async () => {
    await newsOf(record.write).many(3, 'old')
    const hasHappened = once('CAUGHT_UP', 'is lost')
    await using reader = openReader(line.port, { after: await originOf(server) })
    await reader.until(() => reader.items.length === 3)
    await reader.state('live')
    expect(hasHappened()).toBe(true)
    expect(reader.feed.contiguity).toMatchObject({ upTo: 3, head: 3 })
  })
})

describe('the rule', () => {
  const change = (position: number, previousPosition: number): Frame => ({
    ...{ cursor: `c${position}`, position, previousPosition, status: null, data: {}, errors: [] },
  })
  const status = (state: string, position: number, previousPosition = position): Frame => ({
    ...change(position, previousPosition),
    status: { state, head: '', headPosition: position },
  })

  test('nothing counts before the server has said where it begins, on every connection', () => {
    const received = receive()
    expect(received.take(change(4, 3))).toBe('missing')
    expect(received.take(status('OPENED', 3))).toBe('new')
    expect(received.take(change(4, 3))).toBe('new')
    received.reopen()
    expect(received.take(change(5, 4))).toBe('missing')
    expect(received.take(status('OPENED', 4))).toBe('new')
    expect(received).toMatchObject({ from: 3, last: { position: 4, cursor: 'c4' }, gaps: 2 })
  })

  test('positions that a filter leaves out are no loss; a match that did not come is one', () => {
    const received = receive()
    received.take(status('OPENED', 10))
    expect(received.take(change(15, 10))).toBe('new')
    expect(received.take(status('HEARTBEAT', 20, 15))).toBe('new')
    expect(received.take(change(30, 15))).toBe('new')
    expect(received.take(change(50, 40))).toBe('missing')
    expect(received.last).toMatchObject({ position: 30 })
  })

  test('a server that begins after the place it was asked for has left something out', () => {
    const received = receive()
    received.take(status('OPENED', 10))
    received.reopen()
    expect(received.take(status('OPENED', 12))).toBe('missing')
  })

  test('a status of an earlier place is heard, and takes nothing back', () => {
    const received = receive()
    received.take(status('OPENED', 10))
    received.take(change(11, 10))
    expect(received.take(status('CAUGHT_UP', 10))).toBe('new')
    expect(received.last).toMatchObject({ position: 11 })
  })
})
