import { DevelopmentLine } from '../development/lineFields.ts'
import { type FragmentOf, graphql } from '../graphql.ts'

/** Why there is a revision, and what it changed. */
export const RevisionShown = graphql(`
  fragment RevisionShown on Revision @_unmask {
    position
    action
    reason
    knownAt
    recordedAt
    report { ref title url outlet { name } }
    changes { path before after }
  }
`)

/** An item of the feed, as the live column shows it. */
export const Change = graphql(
  `
  fragment Change on DevelopmentChange @_unmask {
    cursor
    position
    ref
    action
    development { ...DevelopmentLine }
    mergedInto { ref headline }
    revision { ...RevisionShown }
  }
`,
  [DevelopmentLine, RevisionShown],
)

/** The last changes, and the end of the feed, from which following goes on. */
export const Latest = graphql(
  `
  query Latest($last: Int!, $before: String) {
    feed(last: $last, before: $before) {
      nodes { ...Change }
      pageInfo { startCursor hasPreviousPage }
    }
    feedHead { cursor position }
  }
`,
  [Change],
)

/** What is followed from there. */
export const Arriving = graphql(
  `
  subscription Arriving($after: FeedCursor) {
    developments(after: $after) {
      ...Change
    }
  }
`,
  [Change],
)

/** The record as it stood at the end of a day, what came last first. */
export const AsOfDay = graphql(
  `
  query AsOfDay($asOf: DateTime!, $first: Int!, $after: String) {
    developments(asOf: $asOf, orderBy: RECORDED_DESC, first: $first, after: $after) {
      totalCount
      nodes { ...DevelopmentLine revision { ...RevisionShown } }
      pageInfo { endCursor hasNextPage }
    }
  }
`,
  [DevelopmentLine, RevisionShown],
)

export type ChangeFields = FragmentOf<typeof Change>
export type RevisionFields = FragmentOf<typeof RevisionShown>
