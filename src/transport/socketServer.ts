import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { CloseCode, handleProtocols, type Server } from 'graphql-ws'
import type { Extra } from 'graphql-ws/use/ws'
import type { WebSocket, WebSocketServer } from 'ws'
import { isFree, whenFree } from './drain.ts'

/** In bytes: two of a control frame's 125 are the code. */
const LONGEST_REASON = 123
/** From how many bytes on that a client has not taken nothing more is read of it: it asks, and does not listen. */
const MOST_UNTAKEN = 1024 * 1024

interface Options {
  /** How often clients are asked whether they are still there: who does not answer until the next time is cut. */
  readonly keepAliveMs: number
  /** Told of what went wrong within. */
  readonly log: (error: unknown) => void
}

/**
 * Lets a graphql-ws server speak on WebSockets, as its own `useServer` does. That one takes what a client does against
 * the protocol for a failure of ours and writes it to the console; here only the client hears of it.
 */
export function serveSockets(server: Server<Extra>, sockets: WebSocketServer, { keepAliveMs, log }: Options): void {
  sockets.options.handleProtocols = handleProtocols
  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    // ws has told the client what is wrong with its frames, by a close code.
    socket.on('error', () => {})
    const stopAsking = keepAlive(socket, keepAliveMs)
    readFairly(socket, request.socket)
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve()
            socket.send(data, (error) => (error && socket.readyState === socket.OPEN ? reject(error) : resolve()))
          }),
        close: (code, reason) => socket.close(code, shortened(reason ?? '')),
        onMessage: (take) =>
          socket.on('message', (data) => {
            take(String(data)).catch((error: Error) => {
              // The only way in which graphql-ws says that a message is one of the server.
              if (error.message.startsWith('Unexpected message of type'))
                return socket.close(CloseCode.BadRequest, 'Invalid message received')
              log(error)
              socket.close(CloseCode.InternalServerError, 'Internal server error')
            })
          }),
      },
      { socket, request },
    )
    socket.once('close', (code, reason) => {
      stopAsking()
      closed(code, String(reason)).catch(log)
    })
  })
}

/** Reads no more of a client than it takes. */
function readFairly(socket: WebSocket, carrier: Socket): void {
  socket.on('message', () => {
    if (socket.bufferedAmount <= MOST_UNTAKEN || isFree(carrier)) return
    socket.pause()
    whenFree(carrier, () => socket.resume())
  })
}

/** As much of a reason as a close frame takes (RFC 6455, 5.5): it may repeat what the client has sent. */
function shortened(reason: string): Buffer {
  const bytes = Buffer.from(reason)
  let end = Math.min(bytes.length, LONGEST_REASON)
  // Not within a character, which begins where no byte goes on with it.
  while (end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}

function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let isThere = true
  socket.on('pong', () => {
    isThere = true
  })
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate()
    isThere = false
    socket.ping()
  }, everyMs)
  return () => clearInterval(timer)
}
