/** What carries followers: it ends when they end, and they end when it is gone. */
export interface Connection {
  /** Takes a follower on. `end` is called when the connection is gone, at once if it is gone already. */
  join(end: () => void): Seat
}

/** A follower's place on its connection. */
export interface Seat {
  /**
   * The follower has nothing more to say than LAGGED or CLOSING: the connection ends so that the client comes back.
   * `taken`: that was pulled and, as far as pulling tells, sent; otherwise the follower takes nothing.
   */
  ended(why: 'LAGGED' | 'CLOSING', taken: boolean): void
  /** The follower is gone by itself; the connection may go on. */
  leave(): void
}
