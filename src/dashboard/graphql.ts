import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './introspection.d.ts'

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'

/**
 * Makes a typed document of an operation or a fragment: the compiler holds it against the schema, and knows what its
 * answers look like. Fragments that it uses are its second argument. Fragments say `@_unmask`, so that whoever asks for
 * one sees what is in it.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection
  scalars: { DateTime: string; Date: string; FeedCursor: string; JSON: unknown }
}>()
