/** What became of a dispatch. */
export interface Accepted {
  readonly dispatch: string
  /** Refs of developments that the record did not have. */
  readonly created: readonly string[]
  /** Refs of developments that gained evidence; of what was merged or split, of those that hold it now. */
  readonly amended: readonly string[]
  /** Refs of developments that are retracted, or only told by retracted reports: the evidence is kept for their return. */
  readonly withheld: readonly string[]
  readonly revisions: number
  /** True when this very dispatch was accepted, or is held until the same moment, before: nothing was written. */
  readonly unchanged: boolean
  /** Until when it is held outside the record; absent: it is in the record. */
  readonly heldUntil?: Date
}

/** What became of a dispatch of which nothing is written into the record. */
export function unwritten(dispatch: string, unchanged: boolean): Accepted {
  return { dispatch, created: [], amended: [], withheld: [], revisions: 0, unchanged }
}
