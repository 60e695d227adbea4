import { setTimeout as pause } from 'node:timers/promises'
import { createClient as createSseClient } from 'graphql-sse'
import { createClient as createWsClient } from 'graphql-ws'
import { WebSocket } from 'ws'

/** An item of the feed, as a client sees it. */
export interface Seen {
  readonly __typename: 'DevelopmentChange' | 'FeedStatus'
  readonly cursor: string
  readonly position: number
  readonly previousPosition: number
  readonly action?: string
  readonly ref?: string
  readonly development?: { readonly __typename: string; readonly headline: string; readonly status: string | null }
  readonly revision?: { readonly recordedAt: string }
  readonly state?: string
  readonly head?: string
  readonly headPosition?: number
}

/** How a subscription ended. */
export interface Ending {
  /** `completed`: nothing more is to come. `refused`: the server's errors. `cut`: the connection ended. */
  readonly how: 'completed' | 'refused' | 'cut'
  /** WebSocket's close code. */
  readonly code?: number
  readonly reason?: string
  readonly errors?: readonly Refused[]
}

export interface Refused {
  readonly message: string
  readonly extensions?: { readonly code?: string; readonly head?: string; readonly origin?: string }
}

export interface Follower {
  /** Everything that has come in, in order. */
  readonly items: readonly Seen[]
  /** The next item that was not asked for yet. Rejects when following ended before it. */
  next(): Promise<Seen>
  /** Goes on to the first item that fits, and gives it. */
  waitFor(fits: (item: Seen) => boolean): Promise<Seen>
  /** Goes on to a status. */
  state(state: string): Promise<Seen>
  /** Goes on to the next change. */
  change(): Promise<Seen>
  /** Resolves when the client gives up, or is told that nothing more comes. */
  readonly ended: Promise<Ending>
  /** What errors came beside items. */
  readonly errors: readonly Refused[]
  stop(): void
}

export interface FollowOptions {
  readonly after?: string | undefined
  readonly last?: number
  readonly filter?: object
  /** Comes back when cut, with the last cursor, as the stock client does; otherwise it ends there. */
  readonly comesBack?: boolean
  /** How long it waits before it does, in milliseconds; at once unless told, which is much while nobody answers. */
  readonly waitMs?: number
  /** Another subscription than the usual one. */
  readonly query?: string
}

export type Follow = (port: number, options?: FollowOptions) => Follower

export const SUBSCRIPTION = `
  subscription ($after: FeedCursor, $last: Int, $filter: DevelopmentFilter) {
    developments(after: $after, last: $last, filter: $filter) {
      __typename cursor position previousPosition
      ... on DevelopmentChange {
        action ref
        development { __typename headline status }
        revision { recordedAt }
      }
      ... on FeedStatus { state head headPosition }
    }
  }`

/** No more of an item than where it stands: for tests of many of them. */
export const LIGHT = `
  subscription ($after: FeedCursor, $last: Int, $filter: DevelopmentFilter) {
    developments(after: $after, last: $last, filter: $filter) {
      __typename cursor position previousPosition
      ... on DevelopmentChange { action ref }
      ... on FeedStatus { state head headPosition }
    }
  }`

const RETRIES = 10_000
// At once: what is tested is that clients come back, not how long they wait.
const soon = () => new Promise<void>((resolve) => setImmediate(resolve))
const wait = ({ waitMs }: FollowOptions = {}) => (waitMs === undefined ? soon : () => pause(waitMs))

interface Sink {
  next(result: { data?: { developments?: Seen | null } | null; errors?: readonly Refused[] }): void
  error(error: unknown): void
  complete(): void
}
interface Request extends Record<string, unknown> {
  readonly query: string
  readonly variables: Record<string, unknown>
}

/** Follows with graphql-ws' own client. */
export const byWebSocket: Follow = (port, options) =>
  collect(options, (request, sink, retryAttempts) => {
    const client = createWsClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts,
      retryWait: wait(options),
      // A reset connection is an error event in Node, before the close that browsers would see.
      shouldRetry: () => true,
    })
    client.subscribe(request, sink as never)
    // It waits for a connection that is being made, and fails with it.
    return () => void Promise.resolve(client.dispose()).catch(() => {})
  })

/** Follows with graphql-sse's own client. */
export const bySse: Follow = (port, options) =>
  collect(options, (request, sink, retryAttempts) => {
    const client = createSseClient({ url: `http://127.0.0.1:${port}/graphql`, retryAttempts, retry: wait(options) })
    client.subscribe(request, sink as never)
    return () => client.dispose()
  })

/** Both transports: every promise holds for each. */
export const transports: readonly { readonly name: string; readonly follow: Follow }[] = [
  { name: 'WebSocket', follow: byWebSocket },
  { name: 'SSE', follow: bySse },
]

function collect(
  { after, last, filter, comesBack = false, query = SUBSCRIPTION }: FollowOptions = {},
  subscribe: (request: Request, sink: Sink, retryAttempts: number) => () => void,
): Follower {
  const items: Seen[] = []
  const errors: Refused[] = []
  let asked = 0
  let ending: Ending | undefined
  let wake = () => {}
  let resolve = (_: Ending) => {}
  const ended = new Promise<Ending>((done) => {
    resolve = done
  })
  const end = (how: Ending) => {
    ending ??= how
    resolve(ending)
    wake()
  }
  const variables = { after, last, filter }
  const stop = subscribe(
    { query, variables },
    {
      next({ data, errors: found }) {
        if (found) errors.push(...found)
        const item = data?.developments
        if (!item) return
        items.push(item)
        // Both clients send the same request when they come back: it must say where they are by then.
        variables.after = item.cursor
        variables.last = undefined
        wake()
      },
      error(error) {
        end(endingOf(error))
      },
      complete() {
        end(errors.length > 0 && items.length === 0 ? { how: 'refused', errors } : { how: 'completed' })
      },
    },
    comesBack ? RETRIES : 0,
  )
  async function next(): Promise<Seen> {
    while (asked === items.length) {
      if (ending !== undefined) throw new Error(`Following ended (${JSON.stringify(ending)})`)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    return items[asked++] as Seen
  }
  async function waitFor(fits: (item: Seen) => boolean): Promise<Seen> {
    for (;;) {
      const item = await next()
      if (fits(item)) return item
    }
  }
  return {
    items,
    errors,
    next,
    waitFor,
    state: (state) => waitFor((item) => item.state === state),
    change: () => waitFor((item) => item.__typename === 'DevelopmentChange'),
    ended,
    stop,
  }
}

function endingOf(error: unknown): Ending {
  if (Array.isArray(error)) return { how: 'refused', errors: error }
  const { code, reason, message } = error as { code?: number; reason?: string; message?: string }
  return typeof code === 'number' ? { how: 'cut', code, reason: reason ?? '' } : { how: 'cut', reason: message ?? '' }
}
