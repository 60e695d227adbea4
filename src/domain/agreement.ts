import type { Draft } from './draft.ts'
import type { Standing } from './standing.ts'
import type { When } from './when.ts'

/** PA-X codebook, agreement stage: pre-negotiation, ceasefire, partial and comprehensive framework, implementation, renewal. */
export const agreementStages = ['PRE', 'CEA', 'SUB_PAR', 'SUB_COMP', 'IMP', 'REN'] as const
export type AgreementStage = (typeof agreementStages)[number]

export interface AgreementAccount {
  readonly kind: 'AGREEMENT'
  readonly stage?: AgreementStage | undefined
  readonly terms?: string | undefined
  readonly effective?: When | undefined
  readonly until?: When | undefined
}

export interface AgreementDetail {
  readonly stage: AgreementStage | null
  readonly terms: string | null
  readonly effective: When | null
  readonly until: When | null
}

export function draftAgreement(account: AgreementAccount, draft: Draft): void {
  draft.text('stage', account.stage, {})
  draft.text('terms', account.terms, {})
  draft.add('WHEN', 'effective', account.effective && { when: account.effective }, {})
  draft.add('WHEN', 'until', account.until && { when: account.until }, {})
}

export function agreementDetail(standing: Standing): AgreementDetail {
  return {
    stage: (standing.text('stage') ?? null) as AgreementStage | null,
    terms: standing.text('terms') ?? null,
    effective: standing.find('WHEN', 'effective')?.value.when ?? null,
    until: standing.find('WHEN', 'until')?.value.when ?? null,
  }
}
