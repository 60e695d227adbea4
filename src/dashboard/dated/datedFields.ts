import { type FragmentOf, graphql } from '../graphql.ts'
import { WhenShown } from '../whenFields.ts'

/** What is needed of a development to put it into time. */
export const Dated = graphql(
  `
  fragment Dated on Development @_unmask {
    ref
    kind
    status
    headline
    when { ...WhenShown reason }
  }
`,
  [WhenShown],
)

export type DatedFields = FragmentOf<typeof Dated>
