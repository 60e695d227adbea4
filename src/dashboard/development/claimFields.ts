import { ClaimTold, DisagreementShown } from '../disagreements/disagreementFields.ts'
import { type FragmentOf, graphql } from '../graphql.ts'

/** What the reports claim of a development, and which of it they tell differently. */
export const DevelopmentClaims = graphql(
  `
  fragment DevelopmentClaims on Development @_unmask {
    claims { aspect key standing independentSourceCount ...ClaimTold }
    told: disagreements { ...DisagreementShown }
  }
`,
  [ClaimTold, DisagreementShown],
)

export type ClaimsFields = FragmentOf<typeof DevelopmentClaims>
