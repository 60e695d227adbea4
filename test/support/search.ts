import type { Api } from './api.ts'

/** A text that was found, as the API tells it. */
export interface Highlighted {
  readonly field: string
  readonly text: string
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
}

/** A development that was found. */
export interface Edge {
  readonly cursor: string
  readonly rank: number
  readonly node: { readonly ref: string }
  readonly highlights: readonly Highlighted[]
}

/** Everything that a search tells. */
export const SEARCH = `query (
  $query: String!, $asOf: DateTime, $at: FeedCursor, $filter: DevelopmentFilter
  $first: Int, $after: String, $last: Int, $before: String
) {
  search(query: $query, asOf: $asOf, at: $at, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount isCapped feedCursor pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor rank node { ref } highlights { field text ranges { start end } } }
  }
}`

/** Searches a record: the first hundred, unless told otherwise. */
export async function search(api: Api, query: string, variables: object = {}) {
  const first = 'last' in variables ? null : 100
  return (await api.ask(SEARCH, { query, first, ...variables })).search
}

/** The refs of what a search finds, best first. */
export async function refsFound(api: Api, query: string, variables: object = {}): Promise<string[]> {
  return (await search(api, query, variables)).edges.map(({ node }: Edge) => node.ref)
}

/** The parts of a text that match. */
export function marked({ text, ranges }: Highlighted): string[] {
  return ranges.map(({ start, end }) => text.slice(start, end))
}
