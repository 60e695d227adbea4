import type { AnyVariables, DocumentInput } from '@urql/core'
import { ask } from './server.ts'

/** How many developments a view draws at the most. */
const MOST = 3000

interface Page {
  readonly developments: {
    readonly totalCount: number
    readonly feedCursor: string
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly nodes: readonly unknown[]
  }
}

/**
 * Asks a question for developments page after page until all are there, or MOST, and answers as if they were one page.
 * All pages are read at the place of the feed of the first: what is written meanwhile neither doubles nor hides any.
 * Rejects as `ask` does.
 */
export async function askWhole<Data extends Page, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const first = await ask(document, variables)
  const { feedCursor: at } = first.developments
  const nodes = [...first.developments.nodes]
  let { pageInfo } = first.developments
  while (pageInfo.hasNextPage && nodes.length < MOST) {
    const next = await ask(document, { ...variables, at, after: pageInfo.endCursor } as Variables)
    nodes.push(...next.developments.nodes)
    pageInfo = next.developments.pageInfo
  }
  return { ...first, developments: { ...first.developments, nodes } }
}
