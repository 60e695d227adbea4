import { graphql } from '../graphql.ts'
import { PreviewShown } from './previewFields.ts'

/** Takes a dispatch in, or shows what that would write. */
export const Ingest = graphql(
  `
  mutation Ingest($dispatch: DispatchInput!, $preview: Boolean!) {
    ingest(dispatch: $dispatch, preview: $preview) {
      __typename
      ... on Accepted { created amended withheld unchanged heldUntil revisions preview { ...PreviewShown } }
      ... on Refusal { problems { path message } }
    }
  }
`,
  [PreviewShown],
)
