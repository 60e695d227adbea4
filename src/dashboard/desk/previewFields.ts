import { type FragmentOf, graphql } from '../graphql.ts'

/** What a preview tells. */
export const PreviewShown = graphql(`
  fragment PreviewShown on Mended @_unmask {
    revisionCount
    revisions(first: 50) { ref action headline knownAt knownUntil mergedInto changes { path before after } }
  }
`)

export type PreviewFields = FragmentOf<typeof PreviewShown>
