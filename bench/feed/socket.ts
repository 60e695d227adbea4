import { connect, type Socket } from 'node:net'

/** What a follower needs of its transport. */
export interface Listener {
  /** A message of the server, as JSON text; only until it returns. */
  message(buffer: Buffer, start: number, end: number): void
  /** The connection is of no use any more. */
  failed(why: string): void
}

/** An operation as it is sent. */
export interface Operation {
  readonly query: string
  readonly variables?: Record<string, unknown>
}

/** A transport of the benchmark: opens a subscription, and says so when all has been sent. */
export type Follow = (port: number, operation: Operation, listener: Listener, sent: () => void) => Socket

// One for all sockets: a read is over before the next one begins, so that ten thousand of them cost no memory.
const shared = Buffer.allocUnsafe(64 * 1024)

/** Opens a socket to this machine that reads with as little work as Node allows: no stream, no event, no new buffer. */
export function openSocket(port: number, request: string, listener: Listener, read: (length: number) => void): Socket {
  const take = (length: number) => {
    try {
      read(length)
    } catch (error) {
      listener.failed((error as Error).message)
    }
    return true
  }
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: shared, callback: take } })
  socket.on('error', (error) => listener.failed(error.message))
  socket.on('close', () => listener.failed('The server has closed a connection'))
  socket.write(request)
  return socket
}

const END = '\r\n\r\n'

/** Takes the head of a response off what is read first; what follows it goes to `body`. */
export function afterHead(
  isFit: (head: string) => boolean,
  opened: () => void,
  body: (buffer: Buffer, start: number, end: number) => void,
): (length: number) => void {
  let head = ''
  let isOpen = false
  return (length) => {
    if (isOpen) return body(shared, 0, length)
    head += shared.toString('latin1', 0, length)
    const end = head.indexOf(END)
    if (end < 0) return
    if (!isFit(head)) throw new Error(`The server has answered ${head.slice(0, 300)}`)
    isOpen = true
    const rest = Buffer.from(head.slice(end + END.length), 'latin1')
    head = ''
    opened()
    if (rest.length > 0) body(rest, 0, rest.length)
  }
}
