import { createEffect, createSignal, on } from 'solid-js'
import { graphql, type ResultOf } from './graphql.ts'
import { key } from './key.ts'
import { AskError, ask } from './server.ts'

const WhoAsks = graphql(`
  query WhoAsks { viewer { name role mayIngest mayEdit } }
`)

export type Viewer = ResultOf<typeof WhoAsks>['viewer']
export type Permission = 'mayIngest' | 'mayEdit'

const [viewer, setViewer] = createSignal<Viewer | null>(null)

/** Whoever looks at this page, as the server knows them; null: it has not said, or lets nobody in by this key. */
export { viewer }

/** Whether something is offered to whoever looks at this page. The server decides again when it is used. */
export function mayOpen({ takes }: { readonly takes?: Permission }): boolean {
  return takes === undefined || viewer()?.[takes] === true
}

/** Keeps who asks, called once, by the page: anew with another key, and whenever there is a connection again. */
export function keepViewer(isConnected: () => boolean): void {
  let last = 0
  const look = async () => {
    const mine = ++last
    try {
      const found = await ask(WhoAsks, {})
      if (mine === last) setViewer(found.viewer)
    } catch (error) {
      if (!(error instanceof AskError)) throw error
      // Away for a moment, it has forgotten nobody.
      if (mine === last && !error.isUnreachable) setViewer(null)
    }
  }
  createEffect(on([key, isConnected], () => void look()))
}
