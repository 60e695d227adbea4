interface Standing {
  /** Since when it has been so. */
  readonly since: Date
  /** The position at which the feed ends, as the server last told it. Null until it has. */
  readonly head: number | null
  /** How many positions there are from `feed.cursor` to the head, whether they match or not. Null until it is known. */
  readonly behind: number | null
  /** Why the last connection ended. Null if none has since it was last live. */
  readonly error: Error | null
}

/**
 * How following stands:
 *
 * - `connecting`: a connection is being made; nothing comes yet.
 * - `replaying`: what happened before comes in.
 * - `live`: you have had everything up to the head, and get what happens as it happens.
 * - `lagging`: you take longer than the feed, so it waits until you have caught up with what has come in. Nothing is lost.
 * - `offline`: there is no connection; the next try is at `nextTry`.
 * - `closed`: it is over.
 */
export type State =
  | (Standing & { readonly is: 'connecting' | 'replaying' | 'live' | 'lagging' | 'closed' })
  | (Standing & { readonly is: 'offline'; readonly nextTry: Date })

/** How following stands, in the hand of what follows. */
export interface StateKeeper {
  /** As it is at this moment. */
  now(): State
  /** Enters a state. Being in it already changes nothing. */
  enter(is: Exclude<State['is'], 'offline'>): void
  /** There is no connection, for this reason; the next is tried at this time. */
  goOffline(error: Error, nextTry: Date): void
  /** The server says that this client lags, and has ended the connection. */
  lag(error: Error): void
  /** Keeps why it ended. */
  failed(error: Error): void
}

/**
 * Begins with `connecting`.
 * @param place how far it is, to be told with each state
 */
export function keepState(
  place: () => Pick<Standing, 'head' | 'behind'>,
  onState: (state: State) => void = () => {},
): StateKeeper {
  let state: { is: Exclude<State['is'], 'offline'> } | { is: 'offline'; nextTry: Date } = { is: 'connecting' }
  let since = new Date()
  let error: Error | null = null
  const now = (): State => ({ ...state, since, ...place(), error })
  const change = (to: typeof state) => {
    state = to
    since = new Date()
    if (to.is === 'live') error = null
    const told = now()
    // Not from here: what a listener throws must not stop the following.
    queueMicrotask(() => onState(told))
  }
  change(state)
  return {
    now,
    enter(is) {
      if (state.is !== is) change({ is })
    },
    goOffline(why, nextTry) {
      error = why
      change({ is: 'offline', nextTry })
    },
    lag(why) {
      error = why
      change({ is: 'lagging' })
    },
    failed(why) {
      error = why
    },
  }
}
