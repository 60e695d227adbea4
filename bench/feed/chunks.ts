import type { Take } from './frames.ts'

const CR = 13
const LF = 10

/**
 * Takes HTTP's chunked transfer coding (RFC 9112, section 7.1) off a body that comes cut anywhere, and hands on its
 * pieces as they come. The function returned takes the bytes from `start` to `end` and keeps nothing of them.
 * @throws Error at what is no chunk, and at the last one: an event stream does not end
 */
export function chunkReader(onPiece: Take): Take {
  let state: 'size' | 'extension' | 'data' | 'end' = 'size'
  let left = 0
  return (buffer, start, end) => {
    let at = start
    while (at < end) {
      if (state === 'data') {
        const piece = Math.min(left, end - at)
        onPiece(buffer, at, at + piece)
        at += piece
        left -= piece
        if (left === 0) state = 'end'
        continue
      }
      const byte = buffer[at++] as number
      if (byte === LF) {
        if (state !== 'end' && left === 0) throw new Error('The response has ended')
        state = state === 'end' ? 'size' : 'data'
      } else if (state === 'size' && byte !== CR) {
        if (byte === 0x3b) state = 'extension'
        else left = left * 16 + digit(byte)
      } else if (state === 'end' && byte !== CR) throw new Error('A chunk is longer than it says')
    }
  }
}

function digit(byte: number): number {
  const value = Number.parseInt(String.fromCharCode(byte), 16)
  if (Number.isNaN(value)) throw new Error(`A chunk's size has a byte ${byte}`)
  return value
}

/** Puts the pieces of an event stream together again and hands on each event, without the empty line after it. */
export function eventReader(onEvent: Take): Take {
  let rest: Buffer | undefined
  return (chunk, from, to) => {
    let [buffer, at, end] = [chunk, from, to]
    if (rest !== undefined) {
      buffer = Buffer.concat([rest, chunk.subarray(from, to)])
      at = 0
      end = buffer.length
      rest = undefined
    }
    while (at < end) {
      const stop = emptyLine(buffer, at, end)
      if (stop < 0) {
        rest = Buffer.from(buffer.subarray(at, end))
        return
      }
      onEvent(buffer, at, stop)
      at = stop + 2
    }
  }
}

/** Where the next empty line begins; most often it ends the piece, and nothing has to be searched. */
function emptyLine(buffer: Buffer, at: number, end: number): number {
  let line = buffer.indexOf(LF, at)
  while (line >= 0 && line + 1 < end) {
    if (buffer[line + 1] === LF) return line
    line = buffer.indexOf(LF, line + 1)
  }
  return -1
}
