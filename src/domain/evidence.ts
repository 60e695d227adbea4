import type { AgreementAccount } from './agreement.ts'
import type { Appearance, Claim } from './claim.ts'
import type { ExchangeAccount } from './exchange.ts'
import type { Figure } from './figure.ts'
import type { IncidentAccount } from './incident.ts'
import type { Link } from './link.ts'
import type { Cited, Passage } from './passage.ts'
import type { PledgeAccount } from './pledge.ts'
import type { Role } from './role.ts'
import type { StatementAccount } from './statement.ts'
import type { Status } from './status.ts'
import type { TalkAccount } from './talk.ts'
import type { When } from './when.ts'

export interface Participant extends Cited, Omit<Appearance, 'id'> {
  readonly actor: string
  readonly role: Role
}

export interface ClaimMade extends Cited, Omit<Claim, 'citation'> {}

/** What every kind's account has. */
export interface CommonAccount {
  readonly ref: string
  readonly headline: string
  readonly summary?: string | undefined
  readonly citations: readonly Passage[]
  readonly when?: (When & Cited) | undefined
  readonly place?: string | undefined
  readonly participants: readonly Participant[]
  readonly milestones: readonly ({ readonly status: Status; readonly when?: When | undefined } & Cited)[]
  readonly figures: readonly (Figure & {
    readonly key?: string | undefined
    readonly claimant?: string | undefined
  } & Cited)[]
  readonly claims: readonly ClaimMade[]
  readonly links: readonly Link[]
}

/** What one report says of one development, names resolved to ids. */
export type Account = CommonAccount &
  (StatementAccount | TalkAccount | ExchangeAccount | PledgeAccount | AgreementAccount | IncidentAccount)

/** An account with what the fold must know of its report. */
export interface Evidence {
  readonly dispatch: string
  /** The dispatch of which that one is a copy or a part; null: it is none. */
  readonly original?: string | null
  readonly report: string
  readonly outlet: string | null
  /** From when on the report counts as publicly known, ISO 8601. */
  readonly knownAt: string
  /** The earliest moment at which it may have been published: orders reports that became known together. */
  readonly publishedFrom: string | null
  /** Why its report was retracted; absent: it was not. */
  readonly retracted?: string | undefined
  readonly account: Account
}

/** The order of publication; ties are broken by what does not depend on arrival. */
export function byPublication(a: Evidence, b: Evidence): number {
  // A copy stands where what it was copied from does.
  const key = (e: Evidence) => [
    ...[e.knownAt, e.publishedFrom ?? '', e.report, e.original ?? e.dispatch, e.dispatch],
    ...[e.account.ref, passages(e)],
  ]
  const [left, right] = [key(a), key(b)]
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i]) return (left[i] as string) < (right[i] as string) ? -1 : 1
  }
  return 0
}

function passages({ account }: Evidence): string {
  return account.citations.map(({ key }) => key).join(' ')
}

/** Names a piece of evidence: a dispatch tells a ref once, but a split may have cut that in two. */
export function evidenceKey(evidence: Evidence): string {
  return `${evidence.dispatch} ${evidence.account.ref} ${passages(evidence)} ${evidence.retracted ?? ''}`
}
