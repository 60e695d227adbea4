import { describe, expect, it } from 'vitest'
import { chunkReader, eventReader } from '../../bench/feed/chunks.ts'

const chunk = (text: string, extension = '') =>
  Buffer.concat([
    Buffer.from(`${Buffer.byteLength(text).toString(16)}${extension}\r\n`),
    Buffer.from(text),
    Buffer.from('\r\n'),
  ])

/** The events in a chunked body that comes in pieces of a size, in the middle of one buffer that is used again. */
function eventsIn(size: number, bytes: Buffer): string[] {
  const shared = Buffer.alloc(64 * 1024, '\n')
  const found: string[] = []
  const read = chunkReader(eventReader((buffer, start, end) => found.push(buffer.toString('utf8', start, end))))
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(shared, 5, at, at + size)
    read(shared, 5, 5 + length)
    shared.fill('\n')
  }
  return found
}

const events = ['event: next\ndata: {"a":"é"}', ':', `event: next\ndata: ${'x'.repeat(760)}`, 'event: next\ndata: last']
const stream = events.map((event) => `${event}\n\n`)

describe('an event stream in chunks', () => {
  it.each([1, 2, 3, 5, 50, 777, 65_000])('gives every event whole, in order and once, cut every %i bytes', (size) => {
    expect(eventsIn(size, Buffer.concat(stream.map((event) => chunk(event))))).toEqual(events)
  })

  it('gives the same when events are cut over chunks, or many share one', () => {
    const [all, pieces] = [stream.join(''), stream.join('').match(/.{1,10}/gsu) ?? []]
    expect(eventsIn(64, chunk(all))).toEqual(events)
    expect(eventsIn(64, Buffer.concat(pieces.map((piece) => chunk(piece, ';name=value'))))).toEqual(events)
  })

  it('is refused when it ends or is no chunk', () => {
    expect(() => eventsIn(100, Buffer.concat([chunk('a\n\n'), Buffer.from('0\r\n\r\n')]))).toThrow('ended')
    expect(() => eventsIn(100, Buffer.from('xyz\r\n'))).toThrow('size')
    expect(() => eventsIn(100, Buffer.from('1\r\nabc\r\n'))).toThrow('longer')
  })
})
