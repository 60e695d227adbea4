import type { Dice } from './dice.ts'

const TOKEN = /"(?:\\.|[^"\\])*"|[\w$@.-]+|\s+|./gs
const MOST_CHANGES = 5

/** Text with some of its tokens dropped, doubled, swapped, replaced by odd ones or nested; at times as it was. */
export function mutated(text: string, dice: Dice, odd: readonly string[]): string {
  const tokens = text.match(TOKEN) ?? []
  for (let changes = dice.roll(MOST_CHANGES); changes > 0; changes--) change(tokens, dice, odd)
  return tokens.join('')
}

function change(tokens: string[], dice: Dice, odd: readonly string[]): void {
  const at = dice.roll(tokens.length + 1)
  const token = tokens[at] ?? ''
  switch (dice.roll(7)) {
    case 0:
      tokens.splice(at, 1)
      break
    case 1:
      tokens.splice(at, 0, token)
      break
    case 2: {
      const other = dice.roll(tokens.length + 1)
      tokens[at] = tokens[other] ?? ''
      tokens[other] = token
      break
    }
    case 3:
      tokens[at] = dice.pick(odd)
      break
    case 4:
      tokens.splice(at, 0, dice.pick(odd))
      break
    case 5:
      // A part of it, again and again.
      tokens.splice(at, 0, ...Array(1 + dice.roll(20)).fill(tokens.slice(at, at + 1 + dice.roll(9)).join('')))
      break
    default:
      tokens.length = at
  }
}
