import { chunkReader, eventReader } from './chunks.ts'
import { afterHead, type Follow, openSocket } from './socket.ts'

const NEXT = Buffer.from('event: next\ndata: ')

/** Follows over an event stream (graphql-sse's distinct connections mode). */
export const followEventStream: Follow = (port, operation, listener, sent) => {
  const body = JSON.stringify(operation)
  const request = [
    'POST /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Accept: text/event-stream',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `\r\n${body}`,
  ].join('\r\n')
  const events = eventReader((buffer, start, end) => {
    if (end - start > NEXT.length && NEXT.compare(buffer, start, start + NEXT.length) === 0) {
      listener.message(buffer, start + NEXT.length, end)
      // A line that begins with a colon is there to keep the connection alive.
    } else if (buffer[start] !== 0x3a) throw new Error(`The stream says ${buffer.subarray(start, end)}`)
  })
  const read = afterHead(
    (head) => /^HTTP\/1.1 200 /.test(head) && /\r\ntransfer-encoding: chunked\r\n/i.test(head),
    sent,
    chunkReader(events),
  )
  return openSocket(port, request, listener, read)
}
