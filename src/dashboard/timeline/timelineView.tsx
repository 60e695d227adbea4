import { useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import { AsGraphql } from '../asGraphql.tsx'
import { graphql } from '../graphql.ts'
import { KindFilter, useKindFilter } from '../kindFilter.tsx'
import { Problem } from '../problem.tsx'
import '../style/wide.css'
import { Dated } from '../dated/datedFields.ts'
import { DatedList } from '../dated/datedList.tsx'
import { useTitle } from '../title.ts'
import { Undrawn } from '../undrawn.tsx'
import { askWhole } from '../whole.ts'
import { Chart } from './chart.tsx'
import { boundsOf, daysOf, spanOf, spanOfDays } from './span.ts'
import './timeline.css'

const Timeline = graphql(
  `
  query Timeline($filter: DevelopmentFilter, $after: String, $at: FeedCursor, $asOf: DateTime) {
    developments(filter: $filter, first: 100, after: $after, at: $at, asOf: $asOf) {
      totalCount
      feedCursor
      pageInfo { hasNextPage endCursor }
      nodes { ...Dated }
    }
  }
`,
  [Dated],
)

/** The whole process in time, each development as long as it may have lasted. */
export default function TimelineView() {
  const [parameters, setParameters] = useSearchParams<{ from?: string; to?: string }>()
  const { choice, variables } = useKindFilter()
  const answer = createAnswer(Timeline, variables, askWhole)
  const found = () => answer.data()?.developments
  const all = createMemo(() =>
    (found()?.nodes ?? []).map((development) => ({ development, span: spanOf(development.when) })),
  )
  const dated = createMemo(() => all().flatMap(({ development, span }) => (span ? { development, span } : [])))
  const undated = createMemo(() => all().flatMap(({ development, span }) => (span ? [] : development)))
  const bounds = createMemo(() => boundsOf(dated().map(({ span }) => span)))
  useTitle(() => 'Timeline')
  return (
    <section class="view wide" aria-labelledby="timeline-title">
      <header class="view-head">
        <h1 id="timeline-title">Timeline</h1>
        <AsGraphql document={Timeline} variables={variables()} />
      </header>
      <KindFilter choice={choice} />
      <Problem of={answer} />
      <Show when={found()} fallback={<p class="pending">Loading …</p>}>
        {(page) => (
          <>
            <Show when={bounds()} fallback={<p class="pending">Nothing with a date is known.</p>}>
              {(known) => (
                <Chart
                  of={dated()}
                  bounds={known()}
                  begin={spanOfDays(parameters.from, parameters.to)}
                  onShown={(span) => setParameters(daysOf(span), { replace: true, scroll: false })}
                />
              )}
            </Show>
            <p class="legend">
              <span class="exact">a day that is known</span> <span class="span">at some time within</span>{' '}
              <span class="open">open: nothing bounds it there</span>
            </p>
            <Undrawn of={page()} />
            <Show when={undated().length > 0}>
              <h2>Date unknown</h2>
              <p class="count">No report says when these happened, so the timeline cannot show them.</p>
              <DatedList of={undated()} label="Date unknown" withReason />
            </Show>
            <h2>As a list</h2>
            <DatedList of={dated().map(({ development }) => development)} label="Developments, earliest first" />
          </>
        )}
      </Show>
    </section>
  )
}
