import type { Dice } from '../query/dice.ts'

/** An action of the desk, as it is sent. */
export interface Act {
  readonly kind: 'correct' | 'retract' | 'reinstate'
  readonly input: { readonly ref: string; readonly reason: string }
}

/** An editor of the developments that one writer has brought in. */
export interface Editor {
  /** Takes note of developments that are in the record. */
  learn(refs: readonly string[]): void
  /** What it does next; undefined: it knows of nothing yet. */
  next(): Act | undefined
}

/** How many developments it keeps in mind. */
const MIND = 200

/** @param name no other editor's, so that no two reasons are the same */
export function openEditor(name: string, dice: Dice): Editor {
  const shown: string[] = []
  const retracted: string[] = []
  let acts = 0
  return {
    learn(refs) {
      shown.push(...refs)
      shown.splice(0, shown.length - MIND)
    },
    next() {
      const reason = `Soak: ${name}, action ${++acts}`
      if (retracted.length > 0 && dice.chance(50)) {
        const [ref] = retracted.splice(dice.roll(retracted.length), 1) as [string]
        shown.push(ref)
        return { kind: 'reinstate', input: { ref, reason } }
      }
      if (shown.length === 0) return undefined
      const at = dice.roll(shown.length)
      const ref = shown[at] as string
      if (dice.chance(50)) {
        shown.splice(at, 1)
        retracted.push(ref)
        return { kind: 'retract', input: { ref, reason } }
      }
      const input = {
        ref,
        reason,
        basis: dice.pick(['OUR_MISTAKE', 'SOURCE_CHANGED']),
        headline: `Set right: ${reason}`,
      }
      return { kind: 'correct', input }
    },
  }
}
