import { createClient, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws/client'
import type { AnsweredError } from './refused.ts'
import type { Socket, SocketImpl } from './socket.ts'
import type { Answer } from './subscription.ts'

/** How long a connection that was ended has to close by itself before it is cut, in milliseconds. */
const GRACE_MS = 1000

/** How a connection ended. */
export type Ending =
  /** The server answered that it will not have it. */
  | { readonly how: 'answered'; readonly errors: readonly AnsweredError[] }
  /** It broke, or something came that should not. `code` and `reason` are WebSocket's. */
  | {
      readonly how: 'broken'
      readonly error: Error
      readonly code?: number | undefined
      readonly reason?: string | undefined
    }
  /** It was ended from here, for no fault of it. */
  | { readonly how: 'ended' }

export interface ConnectionOptions {
  readonly url: string
  readonly impl: SocketImpl
  readonly connectionParams: (() => Promise<Record<string, unknown> | undefined>) | undefined
  readonly request: { query: string; variables: Record<string, unknown> }
  /** A connection of which nothing was heard for so long is given up, in milliseconds. */
  readonly silenceMs: number
  /** Takes what comes, in order. What it returns ends the connection. */
  readonly take: (answer: Answer) => Ending | undefined
}

/** One connection with one subscription on it. It is never made again. */
export interface Connection {
  readonly ended: Promise<Ending>
  /** The socket is closed, or has been cut. */
  readonly gone: Promise<void>
  end(ending: Ending): void
}

/**
 * Opens a connection. The socket is made here and only lent to graphql-ws' client: so its close is seen even where the
 * client waits for something else, and it can be cut.
 */
export function openConnection(options: ConnectionOptions): Connection {
  const { url, impl, connectionParams, request, silenceMs, take } = options
  const socket = new impl(url, GRAPHQL_TRANSPORT_WS_PROTOCOL)
  let isOver = false
  let isClosed = false
  let isOpened = false
  let failure: string | undefined
  let heardAt = performance.now()
  let timer = setTimeout(listen, silenceMs)
  let stop = () => {}
  let resolve = (_: Ending) => {}
  const ended = new Promise<Ending>((done) => {
    resolve = done
  })
  let leave = () => {}
  const gone = new Promise<void>((done) => {
    leave = done
  })
  socket.addEventListener('close', ({ code, reason }) => {
    isClosed = true
    const what = failure ?? `The connection was closed: ${[code, reason].filter(Boolean).join(' ')}.`
    end({ how: 'broken', error: new Error(what), code, reason })
    clearTimeout(timer)
    stop()
    leave()
  })
  // In Node the error tells more than the close that follows, and one that nobody listens to ends the process.
  socket.addEventListener('error', ({ message }) => {
    if (message) failure = message
  })
  socket.addEventListener('message', () => {
    // Until the first item, an answer to a ping is not enough: the subscription itself must come about.
    if (isOpened) heardAt = performance.now()
  })

  function listen() {
    const left = silenceMs - (performance.now() - heardAt)
    if (left > 0) timer = setTimeout(listen, left)
    else end({ how: 'broken', error: new Error(`Nothing was heard for ${silenceMs} ms.`) })
  }

  function end(ending: Ending) {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    resolve(ending)
    if (isClosed) return
    stop()
    socket.close(1000)
    // Whoever is not there does not answer a close either. Browsers see to that by themselves, in their own time.
    timer = setTimeout(() => {
      socket.terminate?.()
      leave()
    }, GRACE_MS)
  }

  const client = createClient({
    url,
    webSocketImpl: lend(socket),
    // It would come back by itself with the request it began with, and take some ends for final.
    retryAttempts: 0,
    keepAlive: silenceMs / 3,
    ...(connectionParams && { connectionParams }),
  })
  stop = client.subscribe<Record<string, unknown>>(request, {
    next(answer) {
      if (isOver) return
      isOpened = true
      const ending = take(answer as Answer)
      if (ending) end(ending)
    },
    error(error) {
      if (Array.isArray(error)) end({ how: 'answered', errors: error })
      else if (error instanceof Error) end({ how: 'broken', error })
      // An event: the close that goes with it says what it was.
    },
    complete: () => end({ how: 'broken', error: new Error('The server completed what has no end.') }),
  })
  return { ended, gone, end: (ending) => end(ending) }
}

/** A class for graphql-ws' client that makes nothing, but hands out this socket. */
function lend(socket: Socket): unknown {
  function Lent() {
    return socket
  }
  return Object.assign(Lent, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 })
}
