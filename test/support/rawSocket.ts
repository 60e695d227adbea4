import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A WebSocket without a GraphQL client: frames by hand. */
export interface RawSocket extends Disposable {
  /** Sends text as it is, and anything else as JSON. */
  send(message: unknown): void
  /** The next message, read as JSON. Rejects when the socket closes before it. */
  next(): Promise<{ type: string; id?: string; payload?: unknown }>
  readonly closed: Promise<{ code: number; reason: string }>
  readonly isOpen: boolean
  /** Reads nothing from now on. */
  pause(): void
  /** Says goodbye. */
  close(): void
}

/** Opens a socket to a server. Rejects with the server's answer when it refuses. */
export async function openRawSocket(
  port: number,
  { protocols = ['graphql-transport-ws'], ...options }: { protocols?: string[]; origin?: string; path?: string } = {},
): Promise<RawSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${options.path ?? '/graphql'}`, protocols, options)
  const messages: string[] = []
  let wake = () => {}
  socket.on('message', (data) => {
    messages.push(String(data))
    wake()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve({ code, reason: String(reason) })
      wake()
    })
  })
  await once(socket, 'open')
  // Later on, what matters is the close that follows.
  socket.on('error', () => {})
  return {
    closed,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next() {
      while (messages.length === 0) {
        if (socket.readyState === WebSocket.CLOSED) throw new Error('The socket is closed.')
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return JSON.parse(messages.shift() as string)
    },
    pause: () => socket.pause(),
    close: () => socket.close(1000),
    [Symbol.dispose]: () => socket.terminate(),
  }
}
