import { canonical } from './canonical.ts'
import type { Correction } from './correction.ts'
import { cut } from './cut.ts'
import type { Evidence } from './evidence.ts'
import type { Passage } from './passage.ts'

/** A passage that a split names: by its report and by all that it is, whatever other dispatches call theirs. */
export interface PassageOf {
  readonly report: string
  readonly passage: Passage
}

/** Which evidence goes to the development that is split off. What comes in later and is meant goes there too. */
export interface Selection {
  /** All that came by way of the new ref, which had been merged into the one that is split: the merge is undone. */
  readonly undoes: boolean
  readonly reports: readonly string[]
  readonly passages: readonly PassageOf[]
}

/** What the desk did to developments, in words of the fold; in the order in which it was recorded. */
export type Act = { readonly id: number } & (
  | { readonly kind: 'CORRECT'; readonly ref: string; readonly correction: Correction }
  | { readonly kind: 'MERGE'; readonly ref: string; readonly into: string }
  | {
      readonly kind: 'SPLIT'
      readonly from: string
      readonly ref: string
      readonly selection: Selection
      /** What happened, for what is split off: the accounts word the two as one. */
      readonly wording?: { readonly headline: string; readonly summary?: string | undefined } | undefined
    }
)

/** The inputs of the fold that a development has once all acts are done. */
export interface Held<E extends Evidence = Evidence> {
  readonly evidence: readonly E[]
  readonly corrections: readonly Correction[]
  /** The refs that name it: its own, and those that were merged into it. */
  readonly names: readonly string[]
}

interface Hand<E extends Evidence> {
  /** With the refs that the evidence has been held by. */
  evidence: { readonly told: E; readonly by: readonly string[] }[]
  readonly corrections: Map<number, Correction>
  names: ReadonlySet<string>
}

/**
 * Hands evidence to the developments that hold it. It begins at the ref under which its dispatch told it, and each merge
 * and each split moves it on. So it does not matter when it arrived, and later dispatches under an old ref follow.
 */
export function distribute<E extends Evidence>(evidence: readonly E[], acts: readonly Act[]): Map<string, Held<E>> {
  const hands = new Map<string, Hand<E>>()
  const handOf = (ref: string): Hand<E> => {
    const known = hands.get(ref)
    if (known !== undefined) return known
    const hand: Hand<E> = { evidence: [], corrections: new Map(), names: new Set([ref]) }
    hands.set(ref, hand)
    return hand
  }
  for (const told of evidence) handOf(told.account.ref).evidence.push({ told, by: [told.account.ref] })
  for (const act of acts) {
    switch (act.kind) {
      case 'CORRECT':
        handOf(act.ref).corrections.set(act.id, act.correction)
        break
      case 'MERGE': {
        const [from, to] = [handOf(act.ref), handOf(act.into)]
        to.evidence.push(...from.evidence.map(({ told, by }) => ({ told, by: [...by, act.into] })))
        from.evidence = []
        to.names = new Set([...to.names, ...from.names])
        inherit(from, to)
        break
      }
      case 'SPLIT': {
        const [from, to] = [handOf(act.from), handOf(act.ref)]
        const pieces = from.evidence.map((piece) => ({ piece, ...divide(piece, act) }))
        from.evidence = pieces.flatMap(({ piece, stays }) => (stays ? [{ ...piece, told: stays }] : []))
        for (const { piece, goes } of pieces) if (goes) to.evidence.push({ told: goes, by: [...piece.by, act.ref] })
        if (act.selection.undoes) from.names = new Set([...from.names].filter((name) => !to.names.has(name)))
        inherit(from, to)
        break
      }
      default:
        act satisfies never
    }
  }
  return new Map([...hands].map(([ref, hand]) => [ref, heldBy(hand)]))
}

/** What the desk ranked or replaced in the one holds in the other too; how it worded the one is no word for the other. */
function inherit<E extends Evidence>(from: Hand<E>, to: Hand<E>): void {
  for (const [id, { headline: _, summary: __, ...correction }] of from.corrections) {
    if (!to.corrections.has(id) && correction.changes.length > 0) to.corrections.set(id, correction)
  }
}

function divide<E extends Evidence>(
  { told, by }: Hand<E>['evidence'][number],
  { ref, selection, wording }: Extract<Act, { kind: 'SPLIT' }>,
): { stays?: E; goes?: E } {
  const { undoes, reports, passages } = selection
  const whole = (undoes && by.includes(ref)) || reports.includes(told.report)
  const named = new Set(
    passages.filter(({ report }) => report === told.report).map(({ passage }) => canonical(passage)),
  )
  const { stays, goes } = cut(told.account, (passage) => whole || named.has(canonical(passage)))
  return {
    ...(stays && { stays: { ...told, account: stays } }),
    ...(goes && { goes: { ...told, account: wording ? { ...goes, summary: undefined, ...wording } : goes } }),
  }
}

function heldBy<E extends Evidence>({ evidence, corrections, names }: Hand<E>): Held<E> {
  return {
    evidence: evidence.map(({ told }) => told),
    corrections: [...corrections].sort(([a], [b]) => a - b).map(([, correction]) => correction),
    names: [...names].sort(),
  }
}
