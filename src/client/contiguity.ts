/** What the server sends: where it stands, and what it says. */
export interface Frame {
  readonly cursor: string
  readonly position: number
  readonly previousPosition: number
  /** Null for a change. */
  readonly status: { readonly state: string; readonly head: string; readonly headPosition: number } | null
  /** What was asked for, as the server answered it. */
  readonly data: Record<string, unknown>
  /** What could not be read of it. */
  readonly errors: readonly { readonly message: string }[]
}

/** A place in the feed. */
export type Place = Pick<Frame, 'cursor' | 'position'>

/** What came in, and the proof that nothing is missing in it. */
export interface Received {
  /** Everything up to here has come in: resume after it. Null until the server has said where following begins. */
  readonly last: Place | null
  /** Where following began. */
  readonly from: number | null
  /** How often something was missing: each time it was asked for again before anything after it was taken. */
  readonly gaps: number
  /** How many changes came that had come before. */
  readonly duplicates: number
  /** A connection begins: its first frame says where it begins. */
  reopen(): void
  /** Takes a frame in order. `missing`: something before it did not come, so it was not taken. `known`: it had come before. */
  take(frame: Frame): 'new' | 'known' | 'missing'
}

/**
 * Keeps what comes in contiguous, over any number of connections. The rule is the feed's own (F7): no match lies between
 * an item and its `previousPosition`, so something is missing if, and only if, that is above the last place.
 */
export function receive(): Received {
  let last: Place | null = null
  let from: number | null = null
  let isOpened = false
  let gaps = 0
  let duplicates = 0
  return {
    get last() {
      return last
    },
    get from() {
      return from
    },
    get gaps() {
      return gaps
    },
    get duplicates() {
      return duplicates
    },
    reopen() {
      isOpened = false
    },
    take({ cursor, position, previousPosition, status }) {
      // Without it, nothing says from where the next one should be counted.
      const isOpening = status?.state === 'OPENED'
      if ((!isOpened && !isOpening) || (last !== null && previousPosition > last.position)) {
        gaps++
        return 'missing'
      }
      isOpened = true
      if (last === null) from = position
      else if (position <= last.position) {
        if (status === null) duplicates++
        return status === null ? 'known' : 'new'
      }
      last = { cursor, position }
      return 'new'
    },
  }
}
