import type { Part, Stance } from './citation.ts'

/** Which passage carries a value; without it the development's first one does. */
export interface Cited {
  readonly citation?: string | undefined
}

/** A passage of the dispatch's report; its key is unique within the dispatch's development. */
export interface Passage {
  readonly key: string
  readonly part: Part
  readonly quotation?: string | undefined
  readonly locator?: string | undefined
  readonly stance: Stance
  readonly attributedTo?: string | undefined
  readonly via?: string | undefined
  readonly origin?: string | undefined
}
