import { type Aspect, type Claim, identity, type Value } from './claim.ts'

export const correctionBases = ['OUR_MISTAKE', 'SOURCE_CHANGED'] as const
/** OUR_MISTAKE holds from the evidence's own time; SOURCE_CHANGED from when the desk recorded it. */
export type CorrectionBasis = (typeof correctionBases)[number]

/** Which claims a change is about: those of an aspect and key, narrowed to a value or a report. */
export interface Target {
  readonly aspect: Aspect
  readonly key: string
  readonly value?: Value | undefined
  readonly report?: string | undefined
}

export type Change =
  | { readonly deprecate: Target }
  | { readonly prefer: Target }
  | { readonly replace: Target & { readonly by: Value } }

/** What the desk changed in one development, kept as it came and applied by the fold. */
export interface Correction {
  readonly basis: CorrectionBasis
  /** ISO 8601. */
  readonly knownAt: string
  readonly reason: string
  readonly headline?: string | undefined
  readonly summary?: string | undefined
  readonly changes: readonly Change[]
}

export function holdsAt(correction: Correction, moment: string): boolean {
  return correction.basis === 'OUR_MISTAKE' || correction.knownAt <= moment
}

export function targetOf(change: Change): Target {
  if ('deprecate' in change) return change.deprecate
  return 'prefer' in change ? change.prefer : change.replace
}

export function matches(target: Target, claim: Claim, reportOf: (citation: string) => string): boolean {
  return (
    claim.aspect === target.aspect &&
    claim.key === target.key &&
    (target.value === undefined || identity(claim.value) === identity(target.value)) &&
    (target.report === undefined || reportOf(claim.citation) === target.report)
  )
}

/** The claims after one change. A replaced claim stays beside its replacement, deprecated, so that nobody misses it. */
export function applyChange(
  claims: readonly Claim[],
  change: Change,
  reason: string,
  reportOf: (citation: string) => string,
): Claim[] {
  const target = targetOf(change)
  return claims.flatMap((claim) => {
    if (!matches(target, claim, reportOf)) return [claim]
    if ('prefer' in change) return [{ ...claim, rank: 'PREFERRED', rankReason: reason }]
    const deprecated: Claim = { ...claim, rank: 'DEPRECATED', rankReason: reason }
    if ('deprecate' in change) return [deprecated]
    return [deprecated, { ...claim, value: change.replace.by, rank: 'NORMAL', rankReason: reason }]
  })
}
