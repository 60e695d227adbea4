import type { Operation } from './socket.ts'

const CONTENT = 'kind headline summary status when { earliest latest precision }'
const CHANGE = `action ref development { ${CONTENT} } revision { recordedAt reason }`

/** What a newsroom's desk asks of Parley. */
export const desk: Operation = {
  query: `subscription Desk($after: FeedCursor) { developments(after: $after) {
  cursor position previousPosition
  ... on DevelopmentChange { ${CHANGE} }
  ... on FeedStatus { state headPosition }
} }`,
}

/** What only needs to know that there is something to fetch. */
export const light: Operation = {
  query: `subscription Light($after: FeedCursor) { developments(after: $after) {
  cursor position previousPosition
  ... on DevelopmentChange { action ref }
} }`,
}

/** The desk's, of a peer. */
export const peerDesk: Operation = {
  query: `subscription Desk { developments { cursor position previousPosition ${CHANGE} } }`,
}

/** As many operations that differ in their name and in what they call a field. */
export function distinct({ query }: Operation, count: number): Operation[] {
  return Array.from({ length: count }, (_, i) => ({
    query: query.replace('Desk', `Desk${i}`).replace('headline', `title${i}: headline`),
  }))
}
