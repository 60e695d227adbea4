import { type FragmentOf, graphql } from '../graphql.ts'
import { WhenShown } from '../whenFields.ts'

/** A number as it was said. */
export const FigureShown = graphql(`
  fragment FigureShown on Figure @_unmask { measure low best high of qualifier stage unit asReported }
`)

/** What a line needs of a development, whichever view it stands in. */
export const DevelopmentLine = graphql(
  `
  fragment DevelopmentLine on Development @_unmask {
    __typename
    id
    ref
    kind
    status
    headline
    when { ...WhenShown }
    place { name }
    plover { quadClass }
    independentSourceCount
    reportCount
    citations {
      quotation
      attributedTo { name }
      report { ref title url outlet { name } }
    }
    disagreements { aspect }
    figures { key standing text citation { report { outlet { name } } } }
    ... on Statement { act issue gist speakers { actor { name } onBehalfOf { name } } }
    ... on Talk {
      extent
      mediators { actor { name } }
      invitations { invitee { name } response reason }
    }
    ... on Exchange { legs { key category releasedBy { name } receivedBy { name } count { ...FigureShown } } }
    ... on Pledge { strength due { ...WhenShown } promisors { actor { name } onBehalfOf { name } } }
    ... on Incident { type standing }
    ... on Tombstone { reason }
  }
`,
  [WhenShown, FigureShown],
)

export type DevelopmentFields = FragmentOf<typeof DevelopmentLine>
export type FigureFields = FragmentOf<typeof FigureShown>
