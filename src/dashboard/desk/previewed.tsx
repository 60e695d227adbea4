import { For, Show } from 'solid-js'
import { actionInWords } from '../live/arrival.ts'
import { changedInWords } from '../live/changed.ts'
import { dayInWords, type WhenFields, whenInWords } from '../moment.ts'
import { counted, inWords } from '../words.ts'
import type { PreviewFields } from './previewFields.ts'

/** What followers will see: each item of the feed as it would come, with what it changes. */
export function Previewed(props: { of: PreviewFields }) {
  return (
    <section class="previewed" aria-label="Preview">
      <p class="count">
        Nothing is written yet. Followers will see {counted(props.of.revisionCount, 'item')}
        {props.of.revisionCount > props.of.revisions.length ? `, the first ${props.of.revisions.length} of them` : ''}:
      </p>
      <ol class="lines">
        <For each={props.of.revisions}>
          {(revision) => (
            <li class="line">
              <p class="marks">
                <span class="action">{actionInWords(revision.action)}</span>
                <span class="facts">
                  <bdi>{revision.ref}</bdi>
                </span>
                <Show when={revision.knownUntil}>
                  {(until) => (
                    <span class="facts">
                      as it was known from {dayInWords(revision.knownAt)} to {dayInWords(until())}
                    </span>
                  )}
                </Show>
              </p>
              <p class="headline">
                <bdi>{revision.headline}</bdi>
              </p>
              <ul class="before-after">
                <For each={textsIn(revision.changes)}>
                  {({ name, before, after }) => (
                    <li>
                      <span class="field-name">{name}</span>{' '}
                      <Show when={before}>
                        {(words) => (
                          <>
                            <del>{words()}</del> <span aria-hidden="true">→</span>{' '}
                          </>
                        )}
                      </Show>
                      <ins>{after ?? 'nothing'}</ins>
                    </li>
                  )}
                </For>
              </ul>
              <p class="changed">{changedInWords(revision.changes.filter(isOfList)).join(' · ')}</p>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}

const isOfList = ({ path }: { path: string }) => path.includes('[')

/** The changes of what is a text or a date, in words; the rest is counted. */
function textsIn(changes: PreviewFields['revisions'][number]['changes']) {
  return changes
    .filter((change) => !isOfList(change))
    .flatMap(({ path, before, after }) => {
      const [was, is] = [inText(before), inText(after)]
      if (was === undefined || is === undefined) return []
      return [{ name: inWords(path), before: was, after: is }]
    })
}

/** Undefined: it is more than a text says. */
function inText(value: unknown): string | null | undefined {
  if (value === null) return null
  if (typeof value === 'string') return /^[A-Z_]+$/.test(value) ? inWords(value) : value
  if (typeof value === 'object' && 'precision' in value) return whenInWords(value as WhenFields)
  return undefined
}
