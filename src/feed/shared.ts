/** What was made last, shared by all who ask for it: asked for again meanwhile or later, it is made once. */
export interface Shared<Made> {
  get(key: string, make: () => Promise<Made>): Promise<Made>
  /** Forgets everything: it would be made differently from now on. */
  clear(): void
}

interface Kept<Made> {
  readonly made: Promise<Made>
  /** 0 while it is made. */
  size: number
}

/**
 * @param options.most how much to keep, in what `sizeOf` counts; the oldest go first
 */
export function openShared<Made>({
  most,
  sizeOf,
}: {
  most: number
  sizeOf: (made: Made, key: string) => number
}): Shared<Made> {
  const kept = new Map<string, Kept<Made>>()
  let total = 0

  function drop(key: string, one: Kept<Made>) {
    if (kept.get(key) !== one) return
    kept.delete(key)
    total -= one.size
  }

  function settle(key: string, one: Kept<Made>, size: number) {
    if (kept.get(key) !== one) return
    one.size = size
    total += size
    for (const [oldest, other] of kept) {
      if (total <= most) break
      drop(oldest, other)
    }
  }

  return {
    get(key, make) {
      const known = kept.get(key)
      if (known !== undefined) return known.made
      const one: Kept<Made> = { made: make(), size: 0 }
      kept.set(key, one)
      one.made.then(
        (made) => settle(key, one, sizeOf(made, key)),
        () => drop(key, one),
      )
      return one.made
    },
    clear() {
      kept.clear()
      total = 0
    },
  }
}
