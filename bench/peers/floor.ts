import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { serverFrame } from '../feed/frames.ts'
import { listen, ready } from './listen.ts'

// The floor: what it costs to send one prepared message to every socket, without GraphQL. With `socket` as argument the
// whole frame is prepared and goes past `ws`, straight to the socket.
const isStraight = process.argv[2] === 'socket'
const ID = '00000000-0000-0000-0000-000000000000'

const server = createServer()
const sockets = new WebSocketServer({ noServer: true })
const followers: { socket: Socket; webSocket: WebSocket }[] = []

server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    followers.push({ socket: socket as Socket, webSocket })
    // Clients begin as with GraphQL; whatever they say, that is all they hear but for the broadcast.
    webSocket.once('message', () => webSocket.send('{"type":"connection_ack"}'))
  })
})

await listen((payload) => {
  const message = Buffer.from(`{"id":"${ID}","type":"next","payload":{"data":{"developments":${payload}}}}`)
  if (isStraight) {
    const frame = serverFrame(message)
    for (const { socket } of followers) socket.write(frame)
  } else {
    for (const { webSocket } of followers) webSocket.send(message, { binary: false })
  }
})

server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
