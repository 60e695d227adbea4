import type { Ending } from '../feed/line.ts'

/** How a transport ends a connection. */
export interface Endings {
  /** Closes it so that a client comes back, then says so. */
  readonly close: (why: Ending) => void
  /** Cuts it without ceremony. */
  readonly cut: () => void
  /** How long whoever is on it has to take its last message and to go, in milliseconds. */
  readonly graceMs: number
}

/** A follower's place on its connection. */
export interface Seat {
  /** As a line's `ended`. */
  ended(why: Ending, told: boolean): void
  /** The follower is gone by itself; the connection may go on. */
  leave(): void
}

/** What carries followers: it ends when they end, and they end when it is gone. */
export interface Connection {
  /** Takes a follower on. `stop` is called when the connection is gone, at once if it is gone already. */
  join(stop: () => void): Seat
  /** It is gone: the transport's to call. */
  gone(): void
}

/**
 * A connection that ends when its followers end: with LAGGED or EXPIRED at once, since its socket is the one that takes
 * nothing, or its viewer the one who may see nothing more; with CLOSING when all of them were told or left.
 */
export function followedConnection({ close, cut, graceMs }: Endings): Connection {
  const followers = new Set<() => void>()
  const untold = new Set<() => void>()
  let state: 'open' | 'lagging' | 'farewell' | 'closing' | 'gone' = 'open'
  let timer: NodeJS.Timeout | undefined

  function after(work: () => void) {
    clearTimeout(timer)
    timer = setTimeout(work, graceMs).unref()
  }

  function end(why: Ending) {
    if (state === 'closing' || state === 'gone') return
    state = 'closing'
    after(cut)
    close(why)
  }

  return {
    join(stopFollower) {
      if (state === 'gone') {
        stopFollower()
        return { ended() {}, leave() {} }
      }
      // One key a follower, also if one function ends several.
      const follower = () => stopFollower()
      followers.add(follower)
      untold.add(follower)
      return {
        ended(why, told) {
          if (why === 'EXPIRED' || (why === 'LAGGED' && told)) end(why)
          else if (why === 'LAGGED' && state === 'open') {
            // Whoever takes something after all is told first; whoever does not is sent away when its time is over.
            state = 'lagging'
            after(() => end(why))
          } else if (why === 'CLOSING') {
            if (state === 'open') state = 'farewell'
            untold.delete(follower)
            if (untold.size === 0) end(why)
          }
        },
        leave() {
          followers.delete(follower)
          untold.delete(follower)
          if (state === 'farewell' && untold.size === 0) end('CLOSING')
        },
      }
    },
    gone() {
      state = 'gone'
      clearTimeout(timer)
      for (const follower of [...followers]) follower()
    },
  }
}
