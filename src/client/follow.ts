import type { ConnectOptions } from './connectOptions.ts'
import type { Frame } from './contiguity.ts'
import { type Contiguity, following } from './following.ts'
import type { AnsweredError } from './refused.ts'
import type { State } from './state.ts'
import { type Asked, subscribing } from './subscription.ts'

export type { ConnectOptions } from './connectOptions.ts'
export type { Retry } from './delay.ts'
export type { Contiguity } from './following.ts'
export { forwardSubscription } from './forward.ts'
export { type AnsweredError, FollowRefused } from './refused.ts'
export type { State } from './state.ts'
export type { Asked } from './subscription.ts'

export interface FollowOptions extends ConnectOptions, Asked {
  /**
   * Called with the cursor up to which everything was dealt with, each time that it moves. Keep it, and give it as
   * `after` the next time: nothing is lost then, and at most the change that was in hand comes again.
   */
  readonly onCursor?: (cursor: string) => void
  /** Closes the feed when it is aborted. */
  readonly signal?: AbortSignal
}

/** A change, as it was asked for, and its place in the feed. */
export type Item<T> = T & {
  readonly cursor: string
  readonly position: number
  readonly previousPosition: number
  /** What could not be read of it. Left out when nothing is missing. */
  readonly errors?: readonly AnsweredError[]
}

/**
 * The changes of a feed, each once, in order, none left out. There is one consumer; a change counts as dealt with when
 * the next one is asked for.
 */
export interface Feed<T> extends AsyncIterableIterator<Item<T>> {
  /** Up to here everything was dealt with: follow `after` it the next time. Null until the server has said where it begins. */
  readonly cursor: string | null
  readonly state: State
  readonly contiguity: Contiguity
  /** Ends it: no more changes come, and the iteration is over. Resolves when no socket and no timer remains. */
  close(): Promise<void>
}

/**
 * Follows the feed of a Parley server, over whatever happens to server and network. It begins at once.
 *
 * - **Nothing is lost, nothing comes twice.** It comes back after the last item that came in, after a growing, jittered
 *   delay, as often as it takes. Each item says which one came before it: when that one did not come in, it is asked for
 *   again before anything later is delivered.
 * - **A slow consumer** makes it wait: when `bufferSize` changes have not been taken it closes the connection (state
 *   `lagging`), and follows on when half of them have been.
 * - **A silent connection** is given up after `silenceMs`. The client pings, so a quiet feed is not silent.
 * - **What ends it:** `close()`, the signal, leaving the loop; or the iteration rejects with `FollowRefused` when the
 *   server will not be followed so. Close codes that mean a client at fault (4400 …) do not: they come of another version
 *   of server or proxy, which may go again, so it tries again after the longest delay and says why in its state.
 *
 * @throws TypeError when there is no WebSocket, or the document is none that can be followed
 */
export function follow<T = { action: string; ref: string }>(options: FollowOptions): Feed<T> {
  const { after, onCursor, signal } = options
  const subscription = subscribing(options)
  const followed = following(subscription, options, after ?? null, onCursor)
  const close = () => {
    signal?.removeEventListener('abort', close)
    return followed.close()
  }
  if (signal?.aborted) void close()
  else signal?.addEventListener('abort', close)

  function item({ cursor, position, previousPosition, data, errors }: Frame): Item<T> {
    const asked = subscription.itemOf(data) as T
    return { ...asked, cursor, position, previousPosition, ...(errors.length > 0 && { errors }) }
  }
  async function take(): Promise<IteratorResult<Item<T>>> {
    try {
      const frame = await followed.next()
      if (frame) return { done: false, value: item(frame) }
    } catch (error) {
      await close()
      throw error
    }
    await close()
    return { done: true, value: undefined }
  }
  // One after the other, also when a consumer asks ahead.
  let running: Promise<unknown> = Promise.resolve()
  const feed: Feed<T> = {
    get cursor() {
      return followed.cursor
    },
    get state() {
      return followed.state
    },
    get contiguity() {
      return followed.contiguity
    },
    close,
    [Symbol.asyncIterator]: () => feed,
    next() {
      const result = running.then(take)
      running = result.catch(() => {})
      return result
    },
    async return() {
      await close()
      return { done: true, value: undefined }
    },
    async throw(error) {
      await close()
      throw error
    },
  }
  return feed
}
