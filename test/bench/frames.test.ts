import { describe, expect, it } from 'vitest'
import { clientFrame, frameReader, opcodes, serverFrame } from '../../bench/feed/frames.ts'

/** What a reader hands on when it is given the bytes in pieces of a size, all in one buffer that is used again. */
function readIn(size: number, bytes: Buffer): string[] {
  const shared = Buffer.alloc(8192)
  const found: string[] = []
  const read = frameReader(
    (buffer, start, end) => found.push(buffer.toString('utf8', start, end)),
    (opcode, payload) => found.push(`${opcode}:${payload}`),
  )
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(shared, 0, at, at + size)
    read(shared, length)
    // What was kept of the shared buffer would be overwritten by the next read.
    shared.fill(0x7a)
  }
  return found
}

const control = (opcode: number, text: string) =>
  Buffer.concat([Buffer.from([0x80 | opcode, text.length]), Buffer.from(text)])
const texts = ['', 'short', 'é'.repeat(62), 'x'.repeat(125), 'y'.repeat(126), 'z'.repeat(760), 'a'.repeat(3000)]

describe('the frames of a server', () => {
  it.each([1, 2, 3, 7, 100, 763, 4096, 8192])('are read whole, in order and once, cut every %i bytes', (size) => {
    const bytes = Buffer.concat([
      ...texts.map(serverFrame),
      control(opcodes.ping, 'are you there'),
      ...texts.map(serverFrame),
      control(opcodes.close, ''),
    ])
    expect(readIn(size, bytes)).toEqual([...texts, '9:are you there', ...texts, '8:'])
  })

  it('are refused when they are masked, binary or in fragments: none would be counted rightly', () => {
    expect(() => readIn(100, clientFrame(opcodes.text, 'masked'))).toThrow('mask')
    expect(() => readIn(100, Buffer.from([0x82, 1, 0x61]))).toThrow('0x82')
    expect(() => readIn(100, Buffer.from([0x01, 1, 0x61]))).toThrow('0x1')
    expect(() => readIn(100, Buffer.from([0x80, 1, 0x61]))).toThrow('0x80')
  })

  it('are written with the length where RFC 6455 has it, and masked by a client', () => {
    expect([...serverFrame('ab')]).toEqual([0x81, 2, 0x61, 0x62])
    expect([...clientFrame(opcodes.pong, 'ab')]).toEqual([0x8a, 0x82, 0, 0, 0, 0, 0x61, 0x62])
    expect([...serverFrame('x'.repeat(760)).subarray(0, 5)]).toEqual([0x81, 126, 0x02, 0xf8, 0x78])
    expect([...clientFrame(opcodes.text, 'x'.repeat(126)).subarray(0, 8)]).toEqual([0x81, 0xfe, 0, 126, 0, 0, 0, 0])
  })
})
