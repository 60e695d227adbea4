import { Dated } from '../dated/datedFields.ts'
import { type FragmentOf, graphql } from '../graphql.ts'

/** What is needed of a development to put it on the map. */
export const Placed = graphql(
  `
  fragment Placed on Development @_unmask {
    ...Dated
    place { ref name country latitude longitude precision within { name } }
  }
`,
  [Dated],
)

export type PlacedFields = FragmentOf<typeof Placed>
export type PlaceFields = NonNullable<PlacedFields['place']>
