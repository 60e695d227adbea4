import fc from 'fast-check'

/** Choices that fast-check makes: it shrinks them, and what is built from fewer and smaller ones is plainer. */
export interface Dice {
  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean
  /** The first one is the plainest. */
  pick<T>(items: readonly T[]): T
  /** No choice is left: from now on everything is as plain as can be. */
  readonly isSpent: boolean
}

const choices = (most: number) => fc.array(fc.nat(0xffff), { maxLength: most, size: 'max' })

/** Builds cases out of choices, so many at the most; `changes` are a few others, for what is done to a case when it stands. */
export function built<T>(most: number, build: (dice: Dice, changes: Dice) => T): fc.Arbitrary<T> {
  return fc.tuple(choices(most), choices(30)).map(([first, second]) => build(openDice(first), openDice(second)))
}

function openDice(numbers: readonly number[]): Dice {
  let at = 0
  const roll = (sides: number) => (numbers[at++] ?? 0) % sides
  return {
    roll,
    chance: (percent) => roll(100) >= 100 - percent,
    pick: (items) => items[roll(items.length)] as (typeof items)[number],
    get isSpent() {
      return at >= numbers.length
    },
  }
}
