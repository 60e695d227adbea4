import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFeed } from '../../src/feed/feed.ts'
import { openDatabase } from '../../src/store/database.ts'
import { exportStream } from '../../src/transport/exportStream.ts'
import { admin, tester } from '../support/author.ts'
import { fillBulky } from '../support/bulky.ts'
import { newsOf } from '../support/news.ts'
import { openRecord, type Record } from '../support/record.ts'
import { openServer } from '../support/server.ts'

const admit = async () => ({ viewer: admin, scope: 'READER' as const, author: tester, who: null })
const MEBIBYTE = 1024 * 1024
const COUNT = 240
const soon = { timeout: 20_000 }
let record: Record
beforeAll(async () => {
  record = await openRecord()
  await fillBulky(record, COUNT)
}, 240_000)
afterAll(() => record[Symbol.asyncDispose]())

/** The response to a request, of which nothing is read until somebody does. */
async function open(address: string): Promise<IncomingMessage> {
  const asking = request(address, { agent: false }).end()
  asking.on('error', () => {})
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  // What is cut is an error before it is closed.
  response.on('error', () => {})
  return response
}

/** Reads until the text says so, and is gone. */
async function readUntil(address: string, isEnough: (read: string) => boolean): Promise<string> {
  const response = await open(address)
  let read = ''
  for await (const chunk of response.setEncoding('utf8')) {
    read += chunk
    if (isEnough(read)) break
  }
  response.destroy()
  return read
}

/** A server of nothing but exports, which shows how far it has read, and how much of that waits to be sent. */
async function openWatched() {
  const database = await openDatabase({ url: record.url })
  const { pool, url } = database
  const feed = await openFeed({ heartbeatMs: 60_000, stallMs: 60_000, pollMs: 60_000, pool, url })
  const errors: unknown[] = []
  const services = { database, feed, now: () => new Date(), maxCost: 1_000_000 }
  const serve = exportStream(services, { admit, log: (error) => errors.push(error), refused: () => {} })
  const seen = { pages: 0, waiting: 0, response: undefined as ServerResponse | undefined, done: Promise.resolve() }
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown
  pool.query = ((...args: unknown[]) => {
    if (String(args[0]).includes('scanned as (')) {
      seen.pages++
      const { response } = seen
      seen.waiting = Math.max(seen.waiting, (response?.writableLength ?? 0) + (response?.socket?.writableLength ?? 0))
    }
    return query(...args)
  }) as typeof pool.query
  const server = createServer((asked, response) => {
    seen.response = response
    seen.done = serve(asked, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/export`,
    seen,
    errors,
    isDatabaseIdle: () => pool.idleCount === pool.totalCount,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await feed.close(0)
      await database.close()
    },
  }
}

describe('an export under way', () => {
  it('is read from the database no faster than it is taken, and holds no connection while it waits', async () => {
    await using watched = await openWatched()
    const { seen, address } = watched
    const whole = await text(await open(address))
    const total = seen.pages
    expect(whole.length).toBeGreaterThan(10 * MEBIBYTE)
    expect(total).toBeGreaterThan(60)

    const response = await open(address)
    await expect.poll(() => seen.response?.writableNeedDrain && watched.isDatabaseIdle(), soon).toBe(true)
    expect(seen.pages - total).toBeLessThan(total / 2)
    const { rows } = await record.database.pool.query(
      `select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    )
    expect(rows).toEqual([])
    expect(await text(response)).toBe(whole)
    // A page is some 200 kilobytes: what was read last, and what was read ahead.
    expect(seen.waiting).toBeLessThan(MEBIBYTE)
  }, 60_000)

  it('ends with its client, and reads no further', async () => {
    await using watched = await openWatched()
    const { seen } = watched
    const response = await open(watched.address)
    await expect.poll(() => seen.response?.writableNeedDrain, soon).toBe(true)
    response.destroy()
    await seen.done
    const { pages } = seen
    expect(pages).toBeLessThan(60)
    await expect.poll(watched.isDatabaseIdle, soon).toBe(true)
    expect(await text(await open(`${watched.address}?format=csv&filter={"kind":["TALK"]}`))).toContain('ref,kind')
    expect(seen.pages).toBe(pages)
    expect(watched.errors).toEqual([])
  }, 60_000)

  it.each(['ndjson', 'csv'])(
    'as %s that was cut goes on byte by byte as it would have, whatever came in meanwhile',
    async (format) => {
      await using server = await openServer(record)
      const address = `http://127.0.0.1:${server.port}/export?format=${format}`
      const whole = await text(await open(address))
      // The last whole line that says where to go on.
      const resumable = format === 'csv' ? /^.*[\w-]+\r\n/gm : /^\{"export":.*"after":"([\w-]+)".*\n/gm
      let kept = ''
      for (const part of [3, 2]) {
        const from = kept === '' ? '' : `&after=${tokenIn(kept, format)}`
        const read = await readUntil(address + from, (some) => kept.length + some.length > whole.length / part)
        const last = [...read.matchAll(resumable)].at(-1) as RegExpExecArray
        kept += read.slice(0, last.index + last[0].length)
        expect(whole.startsWith(kept)).toBe(true)
        expect(kept.length).toBeLessThan(whole.length)
        await newsOf(record.write).agreed(`meanwhile-${format}-${part}`)
        await newsOf(record.write).carriedOut('bulky-200', `2023-12-1${part}`)
      }
      const rest = await text(await open(`${address}&after=${tokenIn(kept, format)}`))
      expect(kept + rest === whole).toBe(true)
      expect(await text(await open(address))).not.toBe(whole)
    },
    60_000,
  )

  it('is finished when the server stops, for whoever takes it in time', async () => {
    await using server = await openServer(record, { drainMs: 30_000 })
    const response = await open(`http://127.0.0.1:${server.port}/export`)
    const closing = server.close()
    expect(await text(response)).toMatch(/"complete":true\}\}\n$/)
    await closing
    expect(server.errors).toEqual([])
  }, 60_000)

  it('is cut when the server has waited long enough', async () => {
    await using server = await openServer(record, { drainMs: 200 })
    const response = await open(`http://127.0.0.1:${server.port}/export`)
    const started = performance.now()
    await server.close()
    expect(performance.now() - started).toBeLessThan(5000)
    await expect(text(response)).rejects.toThrow('aborted')
    expect(server.errors).toEqual([])
  }, 60_000)
})

function tokenIn(kept: string, format: string): string {
  const last = format === 'csv' ? /([\w-]+)\r\n$/ : /"after":"([\w-]+)"\}\}\n$/
  return last.exec(kept)?.[1] as string
}
