import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts'
import { PreviewShown } from './previewFields.ts'

/** What can be corrected in a development: its wording, and what each report claims. */
export const Correctable = graphql(`
  query Correctable($ref: String!) {
    development(ref: $ref) {
      headline
      summary
      claims {
        aspect
        key
        text
        standing
        rank
        value {
          __typename
          ... on Figure { measure low best high of qualifier unit stage }
          ... on StatusValue { status }
          ... on ResponseValue { response }
          ... on TextValue { text }
          ... on When { earliest latest precision }
        }
        citation { report { ref outlet { name } } }
      }
    }
  }
`)

export type ClaimFields = NonNullable<ResultOf<typeof Correctable>['development']>['claims'][number]

export const Correct = graphql(
  `
  mutation Correct($input: CorrectionInput!, $preview: Boolean!) {
    correct(input: $input, preview: $preview) {
      __typename
      ... on DeskResult { revisions preview { ...PreviewShown } }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)

export type CorrectionInput = VariablesOf<typeof Correct>['input']
export type ChangeInput = NonNullable<CorrectionInput['changes']>[number]

export const Retract = graphql(
  `
  mutation Retract($input: WithdrawalInput!, $preview: Boolean!) {
    retract(input: $input, preview: $preview) {
      __typename
      ... on DeskResult { revisions preview { ...PreviewShown } }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)

export const Reinstate = graphql(
  `
  mutation Reinstate($input: WithdrawalInput!, $preview: Boolean!) {
    reinstate(input: $input, preview: $preview) {
      __typename
      ... on DeskResult { revisions preview { ...PreviewShown } }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)
