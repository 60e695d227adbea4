import { useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { DevelopmentLine } from '../development/developmentLine.tsx'
import { DevelopmentLine as LineFields } from '../development/lineFields.ts'
import { graphql } from '../graphql.ts'
import { Problem } from '../problem.tsx'
import { useTitle } from '../title.ts'
import { useViewpoint } from '../viewpoint.ts'
import { counted } from '../words.ts'
import { Highlighted } from './highlighted.tsx'

const Found = graphql(
  `
  query Found($query: String!, $asOf: DateTime) {
    search(query: $query, asOf: $asOf, first: 50) {
      totalCount
      isCapped
      edges {
        highlights { field text ranges { start end } }
        node { ...DevelopmentLine }
      }
    }
  }
`,
  [LineFields],
)

/** What the record says about some words. */
export default function SearchView() {
  const [parameters] = useSearchParams<{ q?: string }>()
  const { asOf } = useViewpoint()
  const text = () => parameters.q?.trim() ?? ''
  const variables = () => ({ query: text(), asOf: asOf() })
  const answer = createAnswer(Found, () => (text() === '' ? null : variables()))
  useTitle(() => (text() === '' ? 'Search' : text()))
  return (
    <section class="view" aria-labelledby="search-title">
      <header class="view-head">
        <h1 id="search-title">
          Search
          <Show when={text() !== ''}>
            : <bdi>{text()}</bdi>
          </Show>
        </h1>
        <Show when={text() !== ''}>
          <AsGraphql document={Found} variables={variables()} />
        </Show>
      </header>
      <Problem of={answer} />
      <Show
        when={answer.data()?.search}
        fallback={<p class="pending">Words that must all be there; nego* for a beginning, "side by side", -not, OR.</p>}
      >
        {(found) => (
          <>
            <p class="count" role="status">
              {counted(found().totalCount, 'development')} found
              {found().isCapped ? '; more match, only those that changed last are counted' : ''}
            </p>
            <ol class="lines">
              <For each={found().edges}>
                {({ node, highlights }) => (
                  <li>
                    <DevelopmentLine of={node} foot={<Highlighted of={highlights} />} />
                  </li>
                )}
              </For>
            </ol>
          </>
        )}
      </Show>
    </section>
  )
}
