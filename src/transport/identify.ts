import type { Viewer } from '../feed/viewer.ts'

/**
 * Tells who asks, by the `authorization` that came with a request or with a WebSocket's connection_init; null: nobody
 * who is let in. What it gives is asked again for every item: a scope that changes, or ends, does so there.
 */
export type Identify = (authorization: string | undefined) => Viewer | null | Promise<Viewer | null>
