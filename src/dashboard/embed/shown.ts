import { FigureShown } from '../development/lineFields.ts'
import { type FragmentOf, graphql } from '../graphql.ts'
import { WhenShown } from '../whenFields.ts'

/** What the element shows of a change. */
export const Embedded = graphql(
  `
  fragment Embedded on DevelopmentChange @_unmask {
    position
    ref
    action
    development {
      __typename
      kind
      status
      headline
      when { ...WhenShown }
      independentSourceCount
      citations { quotation attributedTo { name } report { ref title url outlet { name } } }
      ... on Exchange { legs { releasedBy { name } receivedBy { name } category count { ...FigureShown } } }
      ... on Talk { invitations { invitee { name } response reason } }
      ... on Tombstone { reason }
    }
  }
`,
  [WhenShown, FigureShown],
)

/** What it follows. */
export const Embedding = graphql(
  `
  subscription Embedding($filter: DevelopmentFilter) {
    developments(filter: $filter) { ...Embedded }
  }
`,
  [Embedded],
)

export type EmbeddedChange = FragmentOf<typeof Embedded>
export type EmbeddedDevelopment = NonNullable<EmbeddedChange['development']>
