import type { Draft } from './draft.ts'
import type { Standing } from './standing.ts'

/** The first seven are PLOVER event types; the others name what PLOVER has no type for. */
export const incidentTypes = [
  'ASSAULT',
  'COERCE',
  'MOBILIZE',
  'PROTEST',
  'SANCTION',
  'AID',
  'RETREAT',
  'HOSTILITIES',
  'SURRENDER',
  'DISPLACEMENT',
  'DETENTION',
  'SECESSION',
  'OTHER',
] as const
export type IncidentType = (typeof incidentTypes)[number]

/** REPORTED as fact, CLAIMED by one side, or DISPUTED between sides. */
export const incidentStandings = ['REPORTED', 'CLAIMED', 'DISPUTED'] as const
export type IncidentStanding = (typeof incidentStandings)[number]

export interface IncidentAccount {
  readonly kind: 'INCIDENT'
  readonly type: IncidentType
  readonly standing: IncidentStanding
}

export interface IncidentDetail {
  readonly type: IncidentType
  readonly standing: IncidentStanding
}

export function draftIncident(account: IncidentAccount, draft: Draft): void {
  draft.text('type', account.type, {})
  draft.text('standing', account.standing, {})
}

export function incidentDetail(standing: Standing): IncidentDetail {
  return {
    type: (standing.text('type') ?? 'OTHER') as IncidentType,
    standing: (standing.text('standing') ?? 'REPORTED') as IncidentStanding,
  }
}
