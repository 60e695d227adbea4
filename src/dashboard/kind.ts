import type { DevelopmentFields } from './development/lineFields.ts'

export type Kind = DevelopmentFields['kind']

/** The kinds of developments in the order in which views tell them, and what several of each are called. */
export const kinds: Readonly<Record<Kind, string>> = {
  TALK: 'Talks',
  EXCHANGE: 'Exchanges',
  PLEDGE: 'Pledges',
  AGREEMENT: 'Agreements',
  STATEMENT: 'Statements',
  INCIDENT: 'Incidents',
}
