import type { Connection } from '../feed/connection.ts'

/** How a transport ends a connection. */
export interface Ending {
  /** Closes it so that a client comes back, then says so. */
  readonly close: (why: 'LAGGED' | 'CLOSING') => void
  /** Cuts it without ceremony. */
  readonly cut: () => void
  /** How long whoever is on it has to take its last item and to go, in milliseconds. */
  readonly graceMs: number
}

/**
 * A connection that ends when its followers end: with LAGGED at once, since its socket is the one that takes nothing;
 * with CLOSING when all of them have taken their last status or left. `gone` is the transport's to call.
 */
export function followedConnection({ close, cut, graceMs }: Ending): Connection & { gone(): void } {
  const followers = new Set<() => void>()
  const untold = new Set<() => void>()
  let state: 'open' | 'lagging' | 'farewell' | 'closing' | 'gone' = 'open'
  let timer: NodeJS.Timeout | undefined

  function after(work: () => void) {
    clearTimeout(timer)
    timer = setTimeout(work, graceMs).unref()
  }

  function end(why: 'LAGGED' | 'CLOSING') {
    if (state === 'closing' || state === 'gone') return
    state = 'closing'
    after(cut)
    close(why)
  }

  return {
    join(endFollower) {
      if (state === 'gone') {
        endFollower()
        return { ended() {}, leave() {} }
      }
      // One key a follower, also if one function ends several.
      const follower = () => endFollower()
      followers.add(follower)
      untold.add(follower)
      return {
        ended(why, taken) {
          if (why === 'LAGGED' && taken) end(why)
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
