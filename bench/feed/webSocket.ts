import { randomBytes, randomUUID } from 'node:crypto'
import { isWithin } from './follower.ts'
import { clientFrame, frameReader, opcodes } from './frames.ts'
import { afterHead, type Follow, openSocket } from './socket.ts'

const ACKNOWLEDGED = Buffer.from('"connection_ack"')
const PING = Buffer.from('{"type":"ping"')

const INIT = clientFrame(opcodes.text, '{"type":"connection_init"}')
const PONG = clientFrame(opcodes.text, '{"type":"pong"}')

/** Follows over graphql-transport-ws, under an operation id of its own, as every client has one. */
export const followWebSocket: Follow = (port, operation, listener, sent) => {
  const request = [
    'GET /graphql HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Protocol: graphql-transport-ws',
    '\r\n',
  ].join('\r\n')
  let isSubscribed = false
  const subscribe = () => {
    isSubscribed = true
    const message = { id: randomUUID(), type: 'subscribe', payload: operation }
    socket.write(clientFrame(opcodes.text, JSON.stringify(message)), sent)
  }
  const readFrames = frameReader(
    (buffer, start, end) => {
      if (!isSubscribed && isWithin(ACKNOWLEDGED, buffer, start, end)) subscribe()
      else if (end - start < 100 && isWithin(PING, buffer, start, end)) socket.write(PONG)
      else listener.message(buffer, start, end)
    },
    (opcode, payload) => {
      if (opcode === opcodes.ping) socket.write(clientFrame(opcodes.pong, payload))
      if (opcode === opcodes.close) throw new Error(`The server has closed a socket: ${payload.subarray(2)}`)
    },
  )
  const read = afterHead(
    (head) => head.startsWith('HTTP/1.1 101'),
    () => socket.write(INIT),
    (buffer, start, end) => readFrames(start === 0 ? buffer : buffer.subarray(start), end - start),
  )
  const socket = openSocket(port, request, listener, read)
  return socket
}
