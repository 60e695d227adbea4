import type { Retry } from './delay.ts'
import type { State } from './state.ts'

/** How to reach the server, and when to give up on a connection. */
export interface ConnectOptions {
  /** Of the server's `/graphql`, with `ws:` or `wss:`; or what gives it, asked before each connection. */
  readonly url: string | (() => string | Promise<string>)
  /** A WebSocket class where there is none: in Node before 22, that of the package ws. */
  readonly webSocketImpl?: unknown
  /** Goes to the server as each connection begins, such as a token; a function is asked anew each time. */
  readonly connectionParams?:
    | Record<string, unknown>
    | (() => Record<string, unknown> | undefined | Promise<Record<string, unknown> | undefined>)
  /** Called with each new state, not with each step within one. */
  readonly onState?: (state: State) => void
  /** A connection of which nothing was heard for so long is made anew, in milliseconds. Unless given: 30,000. */
  readonly silenceMs?: number
  /** How soon to come back after a break. Unless given: after 500 ms, then doubling up to 30 s. */
  readonly retry?: Partial<Retry>
  /** How many changes wait for a slow consumer, at most. Unless given: 1000. */
  readonly bufferSize?: number
}
