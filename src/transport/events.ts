import type { ServerResponse } from 'node:http'
import type { Batch, Message } from '../feed/message.ts'

/** What a kind of event stream makes of a message: whole events (WHATWG HTML, 9.2). */
export type ToEvent = (message: Message) => Buffer

const chunks = new WeakMap<Batch, { readonly toEvent: ToEvent; readonly chunk: Buffer }>()
const CRLF = '\r\n'

/**
 * Writes the messages of a batch as events, in one write: the same bytes for all clients. They are framed as a chunk of
 * HTTP/1.1 here and go to the socket itself, since a response would copy and frame them for each client.
 */
export function writeEvents(response: ServerResponse, batch: Batch, toEvent: ToEvent): void {
  const { socket } = response
  if (socket === null || response.writableEnded) return
  const chunk = chunkOf(batch, toEvent)
  // HTTP/1.0 knows no chunks.
  socket.write(response.chunkedEncoding ? chunk : chunk.subarray(chunk.indexOf(CRLF) + CRLF.length, -CRLF.length))
}

function chunkOf(batch: Batch, toEvent: ToEvent): Buffer {
  const known = chunks.get(batch)
  if (known?.toEvent === toEvent) return known.chunk
  const chunk = makeChunk(batch.map(toEvent))
  chunks.set(batch, { toEvent, chunk })
  return chunk
}

function makeChunk(events: readonly Buffer[]): Buffer {
  const length = events.reduce((sum, event) => sum + event.byteLength, 0)
  return Buffer.concat([Buffer.from(`${length.toString(16)}${CRLF}`), ...events, Buffer.from(CRLF)])
}
