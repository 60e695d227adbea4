import type { Response } from './response.ts'

/** What one report, or the record's standing invitation, tells of how a party took an offer. */
export interface Answer {
  readonly party: string
  /** As its invitation says; null: a statement says it. */
  readonly response: Response | null
  readonly reason: string | null
  /** The statement that answers, by its place in the feed, and what it does; null: an invitation answers. */
  readonly statement: number | null
  readonly act: string | null
}

/** How a party took an offer, and the statements in which it said so. */
export interface PartyAnswer {
  readonly party: string
  readonly response: Response
  readonly reason: string | null
  readonly statements: readonly number[]
}

/**
 * One answer a party, given what is told in order of time. What the record holds of its invitation stands; where there is no
 * invitation, or it is without an answer, the last statement in which the party agrees or refuses.
 */
export function answersOf(told: readonly Answer[]): PartyAnswer[] {
  const parties = [...new Set(told.map(({ party }) => party))].sort()
  return parties.map((party) => {
    const own = told.filter((answer) => answer.party === party)
    const invitation = own.find(({ response }) => response !== null)
    const said = own.filter(({ statement }) => statement !== null)
    const last = said.at(-1)?.act
    const spoken = last === 'AGREE' ? 'ACCEPTED' : last === 'REJECT' ? 'DECLINED' : 'NO_ANSWER'
    const invited = invitation?.response ?? 'NO_ANSWER'
    return {
      party,
      response: invited === 'NO_ANSWER' ? spoken : invited,
      reason: invitation?.reason ?? null,
      statements: said.map(({ statement }) => statement as number),
    }
  })
}
