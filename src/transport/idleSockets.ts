import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Keeps track of a server's connections that carry no request. Node takes one that has never sent any, which browsers
 * open ahead, for a busy one. Returns how to close them: those that rest now, and the others as soon as they do, which is
 * said with their answers: a proxy would send its next request just as they close.
 */
export function idleSockets(server: Server): () => void {
  const idle = new Set<Socket>()
  const unanswered = new Set<ServerResponse>()
  let closing = false

  function rest(socket: Socket) {
    if (closing) socket.destroySoon()
    else if (!socket.destroyed) idle.add(socket)
  }

  server.on('connection', (socket: Socket) => {
    rest(socket)
    socket.once('close', () => idle.delete(socket))
  })
  server.on('upgrade', ({ socket }) => idle.delete(socket))
  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    unanswered.add(response)
    response.shouldKeepAlive &&= !closing
    response.once('close', () => {
      unanswered.delete(response)
      rest(socket)
    })
  })
  return () => {
    closing = true
    for (const socket of idle) socket.destroySoon()
    for (const response of unanswered) response.shouldKeepAlive = false
  }
}
