import type { Cursor } from './cursor.ts'

/** An item of the feed as it goes out, the same to every follower of a group: executed once, encoded once. */
export interface Message extends Cursor {
  readonly bytes: Buffer
}

/** Messages that are written at once. What a transport makes of them for its sockets it may keep under this object. */
export type Batch = readonly Message[]

const BATCH_BYTES = 64 * 1024

/** Splits messages, in order, into batches of at most 64 KiB; a larger message is a batch by itself. */
export function inBatches(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = []
  let bytes = 0
  for (const message of messages) {
    bytes += message.bytes.byteLength
    if (bytes > BATCH_BYTES || batches.length === 0) {
      batches.push([])
      bytes = message.bytes.byteLength
    }
    batches.at(-1)?.push(message)
  }
  return batches
}
