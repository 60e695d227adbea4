import { createSignal } from 'solid-js'
import type { State } from '../../client/follow.ts'

/** How the page stands to the server, as the header tells it. */
export type Connection =
  /** Nothing has come yet. */
  | { readonly is: 'connecting' }
  /** What happened meanwhile comes in. `behind`: so many positions are still to come; null: not known yet. */
  | { readonly is: 'catching up'; readonly behind: number | null; readonly offlineSince: Date | null }
  /** Everything up to the head is here, and what happens comes as it happens. */
  | { readonly is: 'live'; readonly since: Date; readonly resumed: Resumed | null }
  /** There is no connection. `nextTry`: null: it is being tried. */
  | { readonly is: 'offline'; readonly since: Date; readonly nextTry: Date | null; readonly why: string }
  /** The server will not be followed so. */
  | { readonly is: 'refused'; readonly why: string; readonly code: string | null }

/** That a break is over: from when until when it was, and how many changes were missed by it. */
export interface Resumed {
  readonly from: Date
  readonly at: Date
  readonly missed: number
}

/** Keeps the connection's state: it makes of the client's states, connection by connection, one story. */
export function keepConnection(now: () => Date = () => new Date()) {
  const [connection, set] = createSignal<Connection>({ is: 'connecting' })
  let offlineSince: Date | null = null
  let wasLive = false

  return {
    connection,
    /** Since when there has been no connection; null: there is one, or there has been none yet. */
    get offlineSince() {
      return offlineSince
    },
    /** The server could not be reached, or the connection is known to be gone since then. */
    lost(why: string, nextTry: Date | null, since: Date = now()) {
      offlineSince ??= since
      set({ is: 'offline', since: offlineSince, nextTry, why })
    },
    /** It is being tried. */
    connecting(why = '') {
      if (offlineSince !== null) set({ is: 'offline', since: offlineSince, nextTry: null, why })
      else set({ is: 'connecting' })
    },
    refused: (why: string, code: string | null) => set({ is: 'refused', why, code }),
    /** What the client says of itself, but for being live: that is only true when what it brought is shown. */
    told({ is, behind, error, ...rest }: State) {
      const why = error?.message ?? ''
      if (is === 'offline') this.lost(why, 'nextTry' in rest ? rest.nextTry : null)
      else if (is === 'connecting') this.connecting(why)
      else if (is === 'replaying' || is === 'lagging') set({ is: 'catching up', behind, offlineSince })
    },
    /** So many positions are still to come. */
    progress(behind: number | null) {
      set((before) => (before.is === 'catching up' ? { ...before, behind } : before))
    },
    /** Everything is here. `missed`: so many changes came that happened during the break. */
    live(missed: number) {
      const at = now()
      // A break before the first time is none that anybody missed something by.
      const resumed = wasLive && offlineSince !== null ? { from: offlineSince, at, missed } : null
      offlineSince = null
      wasLive = true
      set({ is: 'live', since: at, resumed })
    },
  }
}
