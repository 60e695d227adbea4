/** A WebSocket frame (RFC 6455, 5.2) as a client may send it, right or wrong. */
export interface Frame {
  /** FIN and the reserved bits, the upper half of the first byte: 8 is a whole message. */
  readonly flags: number
  readonly opcode: number
  readonly isMasked: boolean
  /** Where it says how long it is, in bits: 7, 16 or 64; undefined: where it has to. */
  readonly lengthIn?: 7 | 16 | 64
  /** How much longer it says that it is. */
  readonly lie: number
  readonly payload: string
  /** How often the payload is repeated. */
  readonly times: number
}

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d])

export function frameBytes({ flags, opcode, isMasked, lengthIn, lie, payload, times }: Frame): Buffer {
  const body = Buffer.from(payload.repeat(times))
  const length = Math.max(0, body.length + lie)
  const bits = lengthIn ?? (length < 126 ? 7 : length < 65_536 ? 16 : 64)
  const head = Buffer.alloc(bits === 7 ? 2 : bits === 16 ? 4 : 10)
  head[0] = (flags << 4) | opcode
  head[1] = (isMasked ? 0x80 : 0) | (bits === 7 ? length & 0x7f : bits === 16 ? 126 : 127)
  if (bits === 16) head.writeUInt16BE(length & 0xffff, 2)
  if (bits === 64) head.writeBigUInt64BE(BigInt(length), 2)
  if (!isMasked) return Buffer.concat([head, body])
  for (let i = 0; i < body.length; i++) body[i] = (body[i] as number) ^ (MASK[i % 4] as number)
  return Buffer.concat([head, MASK, body])
}
