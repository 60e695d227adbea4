/** Something that was sent and is in the record, by what its sender heard. */
export interface Written {
  /** A dispatch by its sha256, a desk action by its reason, which no other one has. */
  readonly id: string
  readonly by: 'dispatch' | 'desk'
  /** How many revisions the answer told of; null: that answer was lost, and a later one said that it was there. */
  readonly revisions: number | null
  /** The developments that the answer said were new. */
  readonly created: readonly string[]
}

/** What writers sent and heard. */
export interface Ledger {
  readonly written: readonly Written[]
  /** How many were sent, each counted once, and what was heard in the end. */
  readonly counts: Readonly<Record<Heard, number>>
  /** Answers that should not have been given, a sentence each. */
  readonly wrong: readonly string[]
  write(written: Written): void
  count(heard: Heard): void
  accuse(sentence: string): void
}

/** `in doubt` counts beside the others: an answer was lost, and it was sent again. */
export type Heard = 'accepted' | 'unchanged' | 'refused' | 'corrected' | 'retracted' | 'reinstated' | 'in doubt'

export function openLedger(): Ledger {
  const written: Written[] = []
  const wrong: string[] = []
  const counts: Record<Heard, number> = {
    ...{ accepted: 0, unchanged: 0, refused: 0, corrected: 0, retracted: 0, reinstated: 0 },
    'in doubt': 0,
  }
  return {
    written,
    counts,
    wrong,
    write: (one) => written.push(one),
    count: (heard) => counts[heard]++,
    accuse: (sentence) => wrong.push(sentence),
  }
}
