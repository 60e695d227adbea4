import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { createAnswer } from '../answer.ts'
import type { ResultOf } from '../graphql.ts'
import { Problem } from '../problem.tsx'
import { ask } from '../server.ts'
import { endOf } from '../viewpoint.ts'
import { counted } from '../words.ts'
import { AsOfDay, lastChange } from './change.ts'
import { Entry } from './entry.tsx'
import { useLiveFilter } from './filter.ts'
import { PAGE } from './follower.ts'
import { MoreBelow } from './moreBelow.tsx'

type Page = ResultOf<typeof AsOfDay>['developments']

/** The developments as they were known at the end of a day, what was learnt last first. */
export function PastColumn(props: { day: string }) {
  const { filter } = useLiveFilter()
  const variables = () => ({ asOf: endOf(props.day), first: PAGE, filter: filter() })
  const answer = createAnswer(AsOfDay, variables)
  const [pages, setPages] = createSignal<readonly Page[]>([])
  createEffect(on(answer.data, (data) => setPages(data ? [data.developments] : [])))
  const info = () => pages().at(-1)?.pageInfo
  const more = async () => {
    const [of, after] = [pages(), info()?.endCursor]
    const { developments } = await ask(AsOfDay, { ...variables(), after: after ?? null })
    if (of === pages()) setPages([...of, developments])
  }
  return (
    <>
      <Problem of={answer} />
      <Show when={pages()[0]}>
        {(first) => <p class="count">{counted(first().totalCount, 'development')} known by then</p>}
      </Show>
      <ol class="column" aria-busy={answer.isAsking()}>
        <For each={pages().flatMap(({ nodes }) => nodes)}>
          {(development) => <Entry isPast change={lastChange(development)} />}
        </For>
      </ol>
      <MoreBelow isThere={info()?.hasNextPage ?? false} more={more} />
    </>
  )
}
