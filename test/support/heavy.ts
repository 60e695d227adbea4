/** A subscription that asks for each summary so many times: of 1200 letters, 100 times make some hundred kilobytes. */
export const heavy = (times: number) => `
  subscription ($after: FeedCursor, $filter: DevelopmentFilter) {
    developments(after: $after, filter: $filter) {
      __typename cursor position previousPosition
      ... on DevelopmentChange {
        action ref
        development { ${Array.from({ length: times }, (_, i) => `s${i}: summary`).join(' ')} }
      }
      ... on FeedStatus { state head headPosition }
    }
  }`

/** A subscription of which each item is some hundred kilobytes when summaries are 1200 letters long. */
export const HEAVY = heavy(100)
