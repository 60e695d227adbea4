import type { AgreementDetail } from './agreement.ts'
import type { Citation } from './citation.ts'
import type { Appearance, Claim } from './claim.ts'
import type { Disagreement } from './disagreement.ts'
import type { ExchangeDetail } from './exchange.ts'
import type { IncidentDetail } from './incident.ts'
import type { Link } from './link.ts'
import type { PledgeDetail } from './pledge.ts'
import type { Role } from './role.ts'
import type { StatementDetail } from './statement.ts'
import type { Status } from './status.ts'
import type { TalkDetail } from './talk.ts'
import type { When } from './when.ts'

/** An actor in a role. */
export interface Participation extends Appearance {
  readonly role: Role
  readonly citation: string
}

/** A step of the lifecycle, and when it was taken. */
export interface Milestone {
  readonly status: Status
  readonly when: When | null
  readonly citation: string
}

export type Detail =
  | ({ readonly kind: 'STATEMENT' } & StatementDetail)
  | ({ readonly kind: 'TALK' } & TalkDetail)
  | ({ readonly kind: 'EXCHANGE' } & ExchangeDetail)
  | ({ readonly kind: 'PLEDGE' } & PledgeDetail)
  | ({ readonly kind: 'AGREEMENT' } & AgreementDetail)
  | ({ readonly kind: 'INCIDENT' } & IncidentDetail)

/** What one version of a development holds: the result of the fold. */
export interface Content {
  readonly headline: string
  readonly summary: string | null
  readonly when: When | null
  readonly place: string | null
  readonly status: Status | null
  readonly participants: readonly Participation[]
  readonly milestones: readonly Milestone[]
  /** In order of publication; `standing` says which of them the other fields hold. */
  readonly claims: readonly (Claim & { readonly standing: boolean })[]
  readonly citations: readonly Citation[]
  readonly disagreements: readonly Disagreement[]
  readonly links: readonly Link[]
  readonly detail: Detail
}
