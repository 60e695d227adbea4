import { For, Show } from 'solid-js'
import { counted } from '../words.ts'
import type { DevelopmentFields } from './lineFields.ts'
import { tellersOf } from './tellers.ts'

/** Who says so, and how many independent sources that makes. */
export function Sources(props: { of: Pick<DevelopmentFields, 'citations' | 'independentSourceCount'> }) {
  return (
    <>
      <span class="tellers">
        <For each={tellersOf(props.of)}>
          {({ outlet, crediting, url }, i) => (
            <>
              {i() > 0 ? ', ' : ''}
              <Show when={url} fallback={<bdi>{outlet}</bdi>}>
                {(address) => (
                  <a href={address()} target="_blank" rel="noopener noreferrer">
                    <bdi>{outlet}</bdi>
                  </a>
                )}
              </Show>
              {crediting.length > 0 ? ` citing ${crediting.join(', ')}` : ''}
            </>
          )}
        </For>
      </span>
      <span class="source-count" classList={{ single: props.of.independentSourceCount < 2 }}>
        {counted(props.of.independentSourceCount, 'independent source')}
      </span>
    </>
  )
}
