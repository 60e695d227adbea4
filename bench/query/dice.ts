/** Chance that falls the same way for the same seed. */
export interface Dice {
  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean
  pick<T>(items: readonly T[]): T
  /** Picks by weight. */
  weigh<T>(items: readonly (readonly [item: T, weight: number])[]): T
}

/** Mulberry32 by Tommy Ettinger, public domain: small, fast and even enough for invented news. */
export function dice(seed: number): Dice {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  const roll = (sides: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
  return {
    roll,
    chance: (percent) => roll(100) < percent,
    pick: (items) => items[roll(items.length)] as (typeof items)[number],
    weigh(items) {
      let left = roll(items.reduce((sum, [, weight]) => sum + weight, 0))
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      throw new Error('Nothing to pick from')
    },
  }
}
