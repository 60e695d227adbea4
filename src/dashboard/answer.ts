import type { AnyVariables, DocumentInput } from '@urql/core'
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { key } from './key.ts'
import { useFeed } from './live/feedContext.ts'
import { type AskError, ask } from './server.ts'
import { useViewpoint } from './viewpoint.ts'

/** How long a view waits after the record has moved before it asks again, in milliseconds: much may come at once. */
const SETTLE_MS = 1000

/** What a view has asked the server for. */
export interface Answer<Data> {
  /** The last answer, also while it is asked anew; undefined: there is none yet. */
  readonly data: Accessor<Data | undefined>
  /** Why the last question was not answered. */
  readonly error: Accessor<AskError | undefined>
  readonly isAsking: Accessor<boolean>
  /** Asks once more. */
  again(): void
}

/**
 * Asks a question, again when its variables change, when another key is given and, unless a past day is looked at, when
 * the record has moved on. Of answers that overtake each other the last question's counts.
 * @param variables null: there is nothing to ask yet
 * @param asker how it is asked, if not at once: page after page
 */
export function createAnswer<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: () => Variables | null,
  asker: (document: DocumentInput<Data, Variables>, variables: Variables) => Promise<Data> = ask,
): Answer<Data> {
  const [data, setData] = createSignal<Data>()
  const [error, setError] = createSignal<AskError>()
  const [isAsking, setAsking] = createSignal(false)
  let last = 0

  async function put(asked: Variables | null): Promise<void> {
    const mine = ++last
    setAsking(asked !== null)
    if (asked === null) {
      setData(undefined)
      setError(undefined)
      return
    }
    try {
      const answer = await asker(document, asked)
      if (mine !== last) return
      setData(() => answer)
      setError(undefined)
    } catch (problem) {
      if (mine === last) setError(() => problem as AskError)
    }
    if (mine === last) setAsking(false)
  }

  const again = () => void put(variables())
  createEffect(on([variables, key], again))
  const { position } = useFeed()
  const { day } = useViewpoint()
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      position,
      () => {
        if (day() !== null) return
        timer ??= setTimeout(() => {
          timer = undefined
          again()
        }, SETTLE_MS)
      },
      { defer: true },
    ),
  )
  onCleanup(() => {
    clearTimeout(timer)
    last++
  })
  return { data, error, isAsking, again }
}
