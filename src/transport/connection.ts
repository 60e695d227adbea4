/** How long a connection that was told to go may take until it is cut, in milliseconds. */
const GRACE = 2000

/** A connection with followers on it, ended when they end. */
export interface FollowedConnection {
  /** Closes it so that a client comes back, then says so. */
  readonly close: (why: 'LAGGED' | 'CLOSING') => void
  /** Cuts it without ceremony. */
  readonly cut: () => void
}

/**
 * Ends a connection when its followers end. LAGGED ends it at once: its socket is the one that takes nothing. CLOSING
 * ends it when all of its followers have taken their last status. Returns what each follower calls.
 */
export function followedConnection(connection: FollowedConnection): {
  /** Counts a follower in; returns what it calls at its end, and how to count it out. */
  join(): { ended: (why: 'LAGGED' | 'CLOSING', taken: boolean) => void; leave: () => void }
} {
  const waiting = new Set<object>()
  let closing = false

  function close(why: 'LAGGED' | 'CLOSING') {
    if (closing) return
    closing = true
    connection.close(why)
    setTimeout(connection.cut, GRACE).unref()
  }

  return {
    join() {
      const follower = {}
      waiting.add(follower)
      return {
        ended(why, taken) {
          if (why === 'LAGGED') {
            // Whoever still takes something is told first; whoever does not is cut when its time is over.
            if (taken) close(why)
            else setTimeout(() => close(why), GRACE).unref()
            return
          }
          waiting.delete(follower)
          if (waiting.size === 0) close(why)
        },
        leave: () => waiting.delete(follower),
      }
    },
  }
}
