/** What stands in a buffer from `start` to `end`; only until the function that is given it returns. */
export type Take = (buffer: Buffer, start: number, end: number) => void

/** The opcodes of RFC 6455, section 5.2, that a server may send. */
export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

/**
 * Reads the WebSocket frames that a server sends over one connection, cut anywhere. The function returned takes the
 * first `length` bytes of a buffer and keeps nothing of it, so that all connections may share one.
 * @throws Error at a frame that is masked or part of a fragmented message, which none of the servers sends
 */
export function frameReader(
  onText: Take,
  onControl: (opcode: number, payload: Buffer) => void,
): (chunk: Buffer, length: number) => void {
  let rest: Buffer | undefined
  return (chunk, length) => {
    let buffer = chunk
    let end = length
    if (rest !== undefined) {
      buffer = Buffer.concat([rest, chunk.subarray(0, length)])
      end = buffer.length
      rest = undefined
    }
    let at = 0
    while (at < end) {
      const payload = payloadAt(buffer, at, end)
      const next = payload < 0 ? -1 : payload + lengthOf(buffer, at)
      if (payload < 0 || next > end) {
        rest = Buffer.from(buffer.subarray(at, end))
        return
      }
      const first = buffer[at] as number
      if (first === (0x80 | opcodes.text)) onText(buffer, payload, next)
      else if ((first & 0x88) === 0x88) onControl(first & 0x0f, buffer.subarray(payload, next))
      else throw new Error(`A frame begins with 0x${first.toString(16)}: only whole text messages are read`)
      at = next
    }
  }
}

/** Where the payload of the frame at `at` begins; -1 while its header is not there as a whole. */
function payloadAt(buffer: Buffer, at: number, end: number): number {
  if (at + 2 > end) return -1
  const second = buffer[at + 1] as number
  if (second > 127) throw new Error('A server must not mask its frames')
  const payload = at + (second < 126 ? 2 : second === 126 ? 4 : 10)
  return payload > end ? -1 : payload
}

function lengthOf(buffer: Buffer, at: number): number {
  const second = buffer[at + 1] as number
  if (second < 126) return second
  return second === 126 ? buffer.readUInt16BE(at + 2) : Number(buffer.readBigUInt64BE(at + 2))
}

/** A whole frame as a client sends it: masked, as it must be, with the mask that changes nothing. */
export function clientFrame(opcode: number, payload: string | Buffer): Buffer {
  return frame(opcode, Buffer.from(payload as string), 4)
}

/** A whole frame as a server sends it. */
export function serverFrame(payload: string | Buffer): Buffer {
  return frame(opcodes.text, Buffer.from(payload as string), 0)
}

function frame(opcode: number, payload: Buffer, maskBytes: 0 | 4): Buffer {
  const isLong = payload.length > 125
  if (payload.length > 0xffff) throw new Error('No message of the benchmark is so long')
  const header = Buffer.alloc((isLong ? 4 : 2) + maskBytes)
  header[0] = 0x80 | opcode
  header[1] = (maskBytes > 0 ? 0x80 : 0) | (isLong ? 126 : payload.length)
  if (isLong) header.writeUInt16BE(payload.length, 2)
  return Buffer.concat([header, payload])
}
