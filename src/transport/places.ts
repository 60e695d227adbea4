/** Counts what each has open, up to a limit. */
export class Places {
  readonly #most: number
  readonly #taken = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Takes a place, and gives how to leave it; undefined: there is none left. Null takes none. */
  take(who: string | null): (() => void) | undefined {
    if (who === null) return () => {}
    const taken = this.#taken.get(who) ?? 0
    if (taken >= this.#most) return undefined
    this.#taken.set(who, taken + 1)
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      const left = (this.#taken.get(who) ?? 0) - 1
      if (left > 0) this.#taken.set(who, left)
      else this.#taken.delete(who)
    }
  }
}
