import { type FragmentOf, graphql } from '../graphql.ts'
import { PreviewShown } from './previewFields.ts'

export const HeldShown = graphql(`
  fragment HeldShown on HeldDispatch @_unmask {
    id
    report
    embargoUntil
    standing
    heldAt
    by
    editedAt
    editedBy
    endedAt
    endedBy
    reason
    problems { message }
    body
  }
`)

export type HeldFields = FragmentOf<typeof HeldShown>

export const HeldOnes = graphql(
  `
  query HeldOnes($ended: Boolean!) {
    heldDispatches(first: 50, ended: $ended) {
      edges { cursor node { ...HeldShown } }
      pageInfo { hasNextPage }
    }
  }
`,
  [HeldShown],
)

/** What releasing one would write. It is the whole work, so it is asked of one at a time: by the page of one after the entry before. */
export const HeldPreviewed = graphql(
  `
  query HeldPreviewed($after: String, $ended: Boolean!) {
    heldDispatches(first: 1, after: $after, ended: $ended) {
      nodes { id preview { __typename ... on Mended { ...PreviewShown } ... on Refusal { problems { path message } } } }
    }
  }
`,
  [PreviewShown],
)

export const Release = graphql(`
  mutation Release($id: ID!) {
    releaseHeld(id: $id) { __typename ... on Accepted { created amended } ... on Refusal { problems { path message } } }
  }
`)

/** Puts another content in its place. */
export const EditHeld = graphql(`
  mutation EditHeld($id: ID!, $dispatch: DispatchInput!) {
    editHeld(id: $id, dispatch: $dispatch) { __typename ... on HeldDispatch { id } ... on Refusal { problems { path message } } }
  }
`)

export const Postpone = graphql(`
  mutation Postpone($id: ID!, $until: DateTime!) {
    postponeHeld(id: $id, until: $until) { __typename ... on HeldDispatch { id } ... on Refusal { problems { path message } } }
  }
`)

export const Discard = graphql(`
  mutation Discard($id: ID!, $reason: String!) {
    discardHeld(id: $id, reason: $reason) { __typename ... on HeldDispatch { id } ... on Refusal { problems { path message } } }
  }
`)
