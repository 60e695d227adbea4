import { graphql } from '../graphql.ts'
import { PreviewShown } from './previewFields.ts'

/** The reports that tell of a development, and what it could be the same as. */
export const Reporting = graphql(`
  query Reporting($ref: String!) {
    development(ref: $ref) {
      kind
      citations { report { ref title outlet { name } retraction { reason } } }
    }
  }
`)

/** What a development could be the same event as: others of its kind, what changed last first. */
export const OfKind = graphql(`
  query OfKind($kind: Kind!) {
    developments(filter: { kind: [$kind] }, orderBy: RECORDED_DESC, first: 100) { nodes { ref headline } }
  }
`)

export const Merge = graphql(
  `
  mutation Merge($input: MergeInput!, $preview: Boolean!) {
    merge(input: $input, preview: $preview) {
      __typename
      ... on Mended { ...PreviewShown }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)

export const Split = graphql(
  `
  mutation Split($input: SplitInput!, $preview: Boolean!) {
    split(input: $input, preview: $preview) {
      __typename
      ... on Mended { ...PreviewShown }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)

export const RetractReport = graphql(
  `
  mutation RetractReport($input: ReportRetractionInput!, $preview: Boolean!) {
    retractReport(input: $input, preview: $preview) {
      __typename
      ... on Mended { ...PreviewShown }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)
