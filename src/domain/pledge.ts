import type { Claim } from './claim.ts'
import type { Draft } from './draft.ts'
import type { Standing } from './standing.ts'
import type { Status } from './status.ts'
import type { When } from './when.ts'

/** How far the promisor binds itself. */
export const strengths = ['COMMITMENT', 'READINESS', 'HOPE'] as const
export type Strength = (typeof strengths)[number]

/** The statuses of a pledge that is still to be kept. */
export const openPledge: readonly Status[] = ['MADE', 'PARTLY_FULFILLED']

/** A hope is never BROKEN: what a report calls so stays a claim. */
export function isBrokenHope(standing: Standing): boolean {
  return standing.text('strength') === 'HOPE' && standing.find('STATUS', '')?.value.status === 'BROKEN'
}

export function isNotBroken({ value }: Claim): boolean {
  return !('status' in value) || value.status !== 'BROKEN'
}

export interface PledgeAccount {
  readonly kind: 'PLEDGE'
  readonly strength: Strength
  readonly terms?: string | undefined
  readonly condition?: string | undefined
  readonly due?: When | undefined
}

export interface PledgeDetail {
  readonly strength: Strength
  readonly terms: string | null
  readonly condition: string | null
  readonly due: When | null
}

export function draftPledge(account: PledgeAccount, draft: Draft): void {
  draft.text('strength', account.strength, {})
  draft.text('terms', account.terms, {})
  draft.text('condition', account.condition, {})
  draft.add('DUE', '', account.due && { when: account.due }, {})
}

export function pledgeDetail(standing: Standing): PledgeDetail {
  return {
    strength: (standing.text('strength') ?? 'HOPE') as Strength,
    terms: standing.text('terms') ?? null,
    condition: standing.text('condition') ?? null,
    due: standing.find('DUE', '')?.value.when ?? null,
  }
}
