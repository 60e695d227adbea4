import type { Socket } from 'node:net'
import type { Batch } from '../feed/message.ts'

/** The frames of a batch, whole but for the operation's id, which is each client's own. */
interface Template {
  bytes: Buffer
  /** Where the ids go. */
  readonly offsets: readonly number[]
}

// By the length of the id: clients that make theirs alike share one.
const templates = new WeakMap<Batch, Map<number, Template>>()

/** The id of an operation, as it stands in its messages. */
export interface OperationId {
  readonly json: string
  /** Of the JSON, in bytes. */
  readonly length: number
}

export function operationId(id: string): OperationId {
  const json = JSON.stringify(id)
  return { json, length: Buffer.byteLength(json) }
}

/**
 * Writes the messages of a batch as graphql-transport-ws `next` messages, a text frame each (RFC 6455, 5.2), in one
 * write. What is shared is not copied for a client: its id is put into the shared bytes, which the next client uses
 * again as soon as the kernel has taken them.
 */
export function writeFrames(socket: Socket, batch: Batch, { json, length }: OperationId): void {
  const template = templates.get(batch)?.get(length) ?? addTemplate(batch, length)
  for (const offset of template.offsets) template.bytes.write(json, offset)
  socket.write(template.bytes)
  // What the kernel did not take at once belongs to the socket until it does.
  if (socket.writableLength > 0) template.bytes = Buffer.from(template.bytes)
}

function addTemplate(batch: Batch, idLength: number): Template {
  const ofBatch = templates.get(batch) ?? new Map<number, Template>()
  const template = makeTemplate(batch, idLength)
  templates.set(batch, ofBatch.set(idLength, template))
  return template
}

const BEFORE_ID = '{"id":'
const AFTER_ID = ',"type":"next","payload":'

function makeTemplate(batch: Batch, idLength: number): Template {
  const lengths = batch.map(({ bytes }) => BEFORE_ID.length + idLength + AFTER_ID.length + bytes.byteLength + 1)
  const total = lengths.reduce((sum, length) => sum + headerLength(length) + length, 0)
  // Not from Node's pool, where it would keep others' bytes alive.
  const bytes = Buffer.allocUnsafeSlow(total)
  const offsets: number[] = []
  let at = 0
  batch.forEach((message, i) => {
    at = writeHeader(bytes, at, lengths[i] as number)
    at += bytes.write(BEFORE_ID, at)
    offsets.push(at)
    at += idLength
    at += bytes.write(AFTER_ID, at)
    at += message.bytes.copy(bytes, at)
    at += bytes.write('}', at)
  })
  return { bytes, offsets }
}

function headerLength(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10
}

function writeHeader(bytes: Buffer, at: number, length: number): number {
  bytes[at] = 0x81
  if (length < 126) {
    bytes[at + 1] = length
  } else if (length < 65_536) {
    bytes[at + 1] = 126
    bytes.writeUInt16BE(length, at + 2)
  } else {
    bytes[at + 1] = 127
    bytes.writeBigUInt64BE(BigInt(length), at + 2)
  }
  return at + headerLength(length)
}
