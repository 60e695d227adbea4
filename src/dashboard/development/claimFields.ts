import { type FragmentOf, graphql } from '../graphql.ts'

/** What the reports claim of a development, and which of it they tell differently. */
export const DevelopmentClaims = graphql(`
  fragment DevelopmentClaims on Development @_unmask {
    claims {
      aspect key text standing negated rank rankReason independentSourceCount
      claimant { name }
      citation { attributedTo { name } report { ref outlet { name } } }
    }
    told: disagreements { aspect key relation }
  }
`)

export type ClaimsFields = FragmentOf<typeof DevelopmentClaims>
