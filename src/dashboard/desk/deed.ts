import { createSignal } from 'solid-js'
import { AskError } from '../server.ts'
import type { Trouble } from './trouble.ts'

/** What an act of the desk gives back: what it did, or why it was refused. */
type Result = { readonly __typename: string; readonly problems?: readonly Trouble[] }

/** Something that the desk does by a button: whether it is under way, and why it was refused. */
export function createDeed() {
  const [troubles, setTroubles] = createSignal<readonly Trouble[]>([])
  const [isBusy, setBusy] = createSignal(false)
  return {
    troubles,
    isBusy,
    /** Does it; undefined: it was refused, or the server did not answer, and `troubles` says so. */
    async do<Done extends Result>(
      work: () => Promise<Done>,
    ): Promise<Exclude<Done, { __typename: 'Refusal' }> | undefined> {
      setBusy(true)
      setTroubles([])
      try {
        const result = await work()
        if (result.__typename !== 'Refusal') return result as Exclude<Done, { __typename: 'Refusal' }>
        setTroubles(result.problems ?? [])
      } catch (error) {
        if (!(error instanceof AskError)) throw error
        setTroubles(error.messages.map((message) => ({ path: '', message })))
      } finally {
        setBusy(false)
      }
      return undefined
    },
  }
}
