/** What is counted by the minute. */
export type Deed = 'reads' | 'writes' | 'subscribes'

/** How much of each one may do in a minute. */
type Rates = Readonly<Record<Deed, number>>

const MINUTE = 60_000
/** How many are remembered at the most before those are forgotten who may do everything again. */
const MANY = 100_000

/**
 * Counts what each does, in this process alone. A minute's worth may be done at once; from then on as much as a minute
 * gives, evenly (the generic cell rate algorithm: of each only the moment is kept at which it may do all of it again).
 * Answers requests that are answered in microseconds, so it costs less than one.
 */
export class RateCounter {
  readonly #rates: Rates
  readonly #now: () => number
  readonly #free: Readonly<Record<Deed, Map<string, number>>> = {
    reads: new Map(),
    writes: new Map(),
    subscribes: new Map(),
  }

  /** @param now a clock that never goes back, in milliseconds */
  constructor(rates: Rates, now: () => number = () => performance.now()) {
    this.#rates = rates
    this.#now = now
  }

  /** How long it is until one may do so, in milliseconds; 0: now, and it is counted unless it is only asked. */
  wait(deed: Deed, who: string, isOnlyAsked = false): number {
    const now = this.#now()
    const free = this.#free[deed]
    const from = Math.max(free.get(who) ?? 0, now)
    const until = from + MINUTE / this.#rates[deed]
    const wait = until - now - MINUTE
    // A minute divided by what it allows does not add up to the very minute.
    if (wait > 1e-6) return wait
    if (!isOnlyAsked) {
      if (free.size >= MANY && !free.has(who)) this.#forget(free, now)
      free.set(who, until)
    }
    return 0
  }

  /**
   * Forgets those who may do everything again; if they are not half of all, whoever came first, too. Many addresses must
   * not fill the memory, nor make each request look at all of them: so it is half of them at once, and seldom.
   */
  #forget(free: Map<string, number>, now: number): void {
    for (const [who, until] of free) if (until <= now) free.delete(who)
    for (const who of free.keys()) {
      if (free.size <= MANY / 2) break
      free.delete(who)
    }
  }
}
