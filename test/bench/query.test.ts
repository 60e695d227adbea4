import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { cpuOf, cpuOfTree } from '../../bench/feed/proc.ts'
import { generate } from '../../bench/query/generate.ts'
import { peerCursor } from '../../bench/query/keys.ts'
import { type Row, resultsOf } from '../../bench/query/measure.ts'
import { readResponses } from '../../bench/query/response.ts'
import { readDispatch } from '../../src/ingest/dispatch.ts'
import { readProcess } from '../../src/ingest/process.ts'

interface Sent {
  readonly report: { readonly id: string; readonly outlet: string }
  readonly developments: readonly {
    readonly ref: string
    readonly kind: string
    readonly links?: readonly { readonly to: string }[]
  }[]
}

const dispatches = (developments: number, seed?: number) =>
  [...generate(developments, seed)].filter((document): document is Sent & object => 'developments' in document)

describe('generated dispatches', () => {
  it('are what ingest takes, with as many developments as were asked for', () => {
    const documents = [...generate(333)]
    for (const document of documents) {
      if ('developments' in document) readDispatch(document)
      else readProcess(document)
    }
    const refs = new Set(dispatches(333).flatMap(({ developments }) => developments.map(({ ref }) => ref)))
    expect(refs.size).toBe(333)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(dispatches(100)).toEqual(dispatches(100))
    expect(dispatches(100, 2)).not.toEqual(dispatches(100))
  })

  it('tell of some developments several times, each time by another outlet, and in the proportions of the seed', () => {
    const all = dispatches(3300)
    const outlets = new Map<string, string[]>()
    const kinds = new Map<string, number>()
    for (const { report, developments } of all) {
      for (const { ref, kind } of developments) {
        const told = outlets.get(ref)
        if (told === undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        outlets.set(ref, [...(told ?? []), report.outlet])
      }
    }
    const again = [...outlets.values()].filter((told) => told.length > 1)
    expect(again.length / outlets.size).toBeGreaterThan(0.3)
    expect(again.every((told) => new Set(told).size === told.length)).toBe(true)
    const share = (kind: string) => Math.round(((kinds.get(kind) ?? 0) / outlets.size) * 33)
    expect(['STATEMENT', 'TALK', 'INCIDENT', 'PLEDGE', 'EXCHANGE', 'AGREEMENT'].map(share)).toEqual([10, 9, 7, 5, 1, 1])
  })

  it('link to what was told before or with them', () => {
    const known = new Set<string>()
    for (const { developments } of dispatches(500)) {
      for (const { ref } of developments) known.add(ref)
      for (const { links = [] } of developments) for (const { to } of links) expect(known).toContain(to)
    }
  })
})

describe('responses', () => {
  const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'

  it('are counted when they end, wherever the bytes are cut', () => {
    for (const text of [whole + whole, chunked + whole, whole + chunked]) {
      for (let cut = 1; cut < text.length; cut++) {
        const responses = readResponses()
        const [first, second] = [text.slice(0, cut), text.slice(cut)].map((part) => responses.feed(Buffer.from(part)))
        expect((first as number) + (second as number)).toBe(2)
      }
      const responses = readResponses()
      const each = [...text].map((byte) => responses.feed(Buffer.from(byte)))
      expect(each.reduce((sum, count) => sum + count, 0)).toBe(2)
      expect(each.at(-1)).toBe(1)
    }
  })

  it('that are no success are an error', () => {
    expect(() => readResponses().feed(Buffer.from('HTTP/1.1 500 Oh\r\n\r\n'))).toThrow('HTTP/1.1 500 Oh')
    const busy = readResponses()
    busy.feed(Buffer.from('HTTP/1.1 503 Later\r\ncontent-length: 0\r\n\r\n'))
    expect(busy.refused).toBe(1)
  })
})

describe('the figures', () => {
  it('are medians of each question, size, server and number of connections', () => {
    const row = (rate: number, connections: number): Row => ({
      ...{ size: 1, question: 'list', server: 'Parley, cold', connections, rate, p50: rate, p99: 1 },
      ...{ cpu: 1, postgresql: 1, bytes: 1, generatorBusy: 0, refused: 0 },
    })
    const { rows, find } = resultsOf([row(1, 1), row(5, 32), row(3, 1), row(2, 1)])
    expect(rows.map(({ rate, connections }) => [rate, connections])).toEqual([
      [2, 1],
      [5, 32],
    ])
    expect(find(row(0, 32))?.p50).toBe(5)
    expect(find({ ...row(0, 32), size: 2 })).toBeUndefined()
  })

  it.runIf(process.platform === 'linux')('count the CPU of processes that have ended', () => {
    const before = cpuOfTree(process.pid) - cpuOf(process.pid)
    execFileSync(process.execPath, [
      '-e',
      'for (const end = process.cpuUsage().user + 2e5; process.cpuUsage().user < end; );',
    ])
    expect(cpuOfTree(process.pid) - cpuOf(process.pid) - before).toBeGreaterThan(0.15)
  })

  it('of PostGraphile are asked for with its own cursors', () => {
    const sample = Buffer.from('["aac189d31c","2003-12-29T00:00:00.000000+00:00",2]').toString('base64')
    expect(peerCursor(sample, { sort: '2003-12-29T00:00:00.000Z', position: 2 })).toBe(sample)
    const other = Buffer.from('["43ec707528",37,0]').toString('base64')
    expect(peerCursor(other, { sort: '0', position: 37 })).toBe(other)
  })
})
