import { type FragmentOf, graphql } from '../graphql.ts'

/** What is needed of a claim: what it says, whose it is, in which report, and an editor's word on it. */
export const ClaimTold = graphql(`
  fragment ClaimTold on Claim @_unmask {
    text
    negated
    rank
    rankReason
    claimant { name }
    citation {
      quotation
      attributedTo { name }
      report { ref title url knownAt outlet { name } }
    }
  }
`)

/** What is needed of an aspect that reports tell differently: its versions, and who tells each. */
export const DisagreementShown = graphql(
  `
  fragment DisagreementShown on Disagreement @_unmask {
    relation
    aspect
    key
    range { low high }
    overlap { low high }
    development { ref kind headline }
    versions {
      text
      standing
      independentSourceCount
      range { low high }
      claims { ...ClaimTold }
    }
  }
`,
  [ClaimTold],
)

export type DisagreementFields = FragmentOf<typeof DisagreementShown>
export type VersionFields = DisagreementFields['versions'][number]
export type RangeFields = NonNullable<DisagreementFields['range']>
export type Aspect = DisagreementFields['aspect']
export type Relation = DisagreementFields['relation']
