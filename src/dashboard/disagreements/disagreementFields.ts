import { type FragmentOf, graphql } from '../graphql.ts'

/** What is needed of an aspect that reports tell differently: its versions, and who tells each. */
export const DisagreementShown = graphql(`
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
      claims {
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
    }
  }
`)

export type DisagreementFields = FragmentOf<typeof DisagreementShown>
export type VersionFields = DisagreementFields['versions'][number]
export type RangeFields = NonNullable<DisagreementFields['range']>
export type Aspect = DisagreementFields['aspect']
export type Relation = DisagreementFields['relation']
