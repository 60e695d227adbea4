import { WebSocket } from 'ws'
import { type Feed, type FollowOptions, follow, type Item, type State } from '../../src/client/follow.ts'

export interface Change {
  readonly action: string
  readonly ref: string
}

/** Our own client and a consumer who keeps what it gets. */
export interface Reader extends AsyncDisposable {
  readonly feed: Feed<Change>
  readonly items: readonly Item<Change>[]
  readonly positions: readonly number[]
  /** The states it was in, in order. */
  readonly states: readonly State['is'][]
  /** The cursors it was told to keep. */
  readonly cursors: readonly string[]
  /** Waits until something holds; looks each time that an item comes, the cursor moves or the state changes. */
  until(holds: () => boolean): Promise<void>
  /** Waits for the state, the next time or now. */
  state(is: State['is']): Promise<void>
  /** Resolves when its loop is over, with what it threw. */
  readonly ended: Promise<unknown>
}

/** How a test's client is set up: it comes back at once, and what goes by the clock is out of a test's time. */
export const eager = { webSocketImpl: WebSocket, retry: { firstMs: 1, mostMs: 20 }, silenceMs: 60_000 }

/**
 * Follows until it is out of scope.
 * @param deal what the consumer does with each item; the next one is asked for when it is done
 */
export function openReader(
  port: number,
  options: Partial<FollowOptions> = {},
  deal: (item: Item<Change>) => unknown = () => {},
): Reader {
  const items: Item<Change>[] = []
  const states: State['is'][] = []
  const cursors: string[] = []
  const looking = new Set<() => void>()
  const look = () => {
    for (const each of [...looking]) each()
  }
  const feed = follow<Change>({
    url: `ws://127.0.0.1:${port}/graphql`,
    ...eager,
    ...options,
    onState(state) {
      states.push(state.is)
      options.onState?.(state)
      look()
    },
    onCursor(cursor) {
      cursors.push(cursor)
      options.onCursor?.(cursor)
      look()
    },
  })
  const consume = async () => {
    for await (const item of feed) {
      items.push(item)
      look()
      await deal(item)
    }
  }
  const ended = consume().then(
    () => undefined,
    (error) => error,
  )
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const each = () => {
        if (!holds()) return
        looking.delete(each)
        resolve()
      }
      looking.add(each)
      each()
    })
  return {
    feed,
    items,
    get positions() {
      return items.map(({ position }) => position)
    },
    states,
    cursors,
    until,
    state: (is) => until(() => feed.state.is === is),
    ended,
    [Symbol.asyncDispose]: () => feed.close(),
  }
}

/** The positions from 1 to the head. */
export const upTo = (head: number) => Array.from({ length: head }, (_, i) => i + 1)
