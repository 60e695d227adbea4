/** A subscription of which each item is some hundred kilobytes when summaries are 1200 letters long. */
export const HEAVY = `
  subscription ($after: FeedCursor, $filter: DevelopmentFilter) {
    developments(after: $after, filter: $filter) {
      __typename cursor position previousPosition
      ... on DevelopmentChange {
        action ref
        development { ${Array.from({ length: 100 }, (_, i) => `s${i}: summary`).join(' ')} }
      }
      ... on FeedStatus { state head headPosition }
    }
  }`
