import type { Dice } from './dice.ts'
import { oddNumbers, oddTexts } from './words.ts'

const MOST_CHANGES = 4

type Holder = Record<string, unknown>

/** A JSON value with some of its members replaced, removed, doubled, renamed or of another type; at times as it was. */
export function misshapen(value: unknown, dice: Dice): unknown {
  const root: Holder = { value: structuredClone(value) }
  for (let changes = dice.roll(MOST_CHANGES); changes > 0; changes--) change(root, dice)
  return root.value ?? null
}

function change(root: Holder, dice: Dice): void {
  let holder = root
  let key = 'value'
  // Down to a member somewhere below.
  for (;;) {
    const below: unknown = holder[key]
    if (!isHolder(below)) break
    const keys = Object.keys(below)
    if (keys.length === 0 || dice.chance(15)) break
    holder = below
    key = dice.pick(keys)
  }
  const inner = holder[key]
  switch (dice.roll(6)) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else delete holder[key]
      break
    case 1:
      if (Array.isArray(holder)) holder.push(structuredClone(inner))
      else set(holder, dice.pick(oddTexts), structuredClone(inner))
      break
    case 2:
      set(holder, key, otherType(inner, dice))
      break
    case 3:
      set(holder, key, dice.pick(oddTexts))
      break
    case 4:
      set(holder, key, dice.pick(oddNumbers))
      break
    default:
      if (isHolder(inner) && !Array.isArray(inner)) set(inner, dice.pick(strangeKeys), oddValue(dice))
      else set(holder, key, oddValue(dice))
  }
}

const strangeKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', 'toJSON']

/** Sets a member of its own, also where the name is one that every object has. */
function set(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null
}

function otherType(value: unknown, dice: Dice): unknown {
  return dice.pick([null, [value], { value }, JSON.stringify(value) ?? '', true, [], {}, 7])
}

function oddValue(dice: Dice): unknown {
  const polluting = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
  return dice.pick([polluting, nested(dice.pick([5, 50, 500])), Array(dice.pick([3, 300])).fill('x'), null])
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let left = depth; left > 0; left--) value = left % 2 ? [value] : { and: value }
  return value
}
