import { type DevelopmentFields, DevelopmentLine } from '../development/lineFields.ts'
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

/** The developments that changed last, and the end of the feed, from which following goes on. */
export const Latest = graphql(
  `
  query Latest($first: Int!, $after: String, $at: FeedCursor, $filter: DevelopmentFilter) {
    developments(filter: $filter, orderBy: RECORDED_DESC, first: $first, after: $after, at: $at) {
      nodes { ...DevelopmentLine revision { ...RevisionShown } }
      pageInfo { endCursor hasNextPage }
    }
    feedHead { cursor position }
  }
`,
  [DevelopmentLine, RevisionShown],
)

/** What is followed from there. */
export const Arriving = graphql(
  `
  subscription Arriving($after: FeedCursor, $filter: DevelopmentFilter) {
    developments(after: $after, filter: $filter) {
      ...Change
    }
  }
`,
  [Change],
)

/** The record as it stood at the end of a day, what came last first. */
export const AsOfDay = graphql(
  `
  query AsOfDay($asOf: DateTime!, $first: Int!, $after: String, $filter: DevelopmentFilter) {
    developments(filter: $filter, asOf: $asOf, orderBy: RECORDED_DESC, first: $first, after: $after) {
      totalCount
      nodes { ...DevelopmentLine revision { ...RevisionShown } }
      pageInfo { endCursor hasNextPage }
    }
  }
`,
  [DevelopmentLine, RevisionShown],
)

export type RevisionFields = FragmentOf<typeof RevisionShown>

/** What the column shows of a change: an item of the feed, or how a development has come to stand as it does. */
export type ChangeFields = FragmentOf<typeof Change>

/** The last change of a development. */
export function lastChange({
  revision,
  ...development
}: DevelopmentFields & { revision: RevisionFields }): ChangeFields {
  const { position, action } = revision
  return { position, action, ref: development.ref, development, mergedInto: null, revision }
}
