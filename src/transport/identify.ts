import { anonymous, type Viewer } from '../feed/viewer.ts'
import type { Caller } from './caller.ts'

/**
 * Tells who asks, by the `authorization` that came with a request or with a WebSocket's connection_init, and by where it
 * came from; null: nobody who is let in. What it gives is asked again for every item: a scope that changes, or ends,
 * does so there.
 */
export type Identify = (authorization: string | undefined, caller: Caller) => Viewer | null | Promise<Viewer | null>

/** Knows credentials of one kind. */
export interface Credentials {
  /** Whether a text is of this kind, known or not. */
  takes(text: string): boolean
  viewer(text: string): Promise<Viewer | null>
}

export interface IdentifyOptions {
  readonly credentials: readonly Credentials[]
  /** Whoever does not say who it is may read. */
  readonly isPublic: boolean
  /** Whether whoever asks from this very machine may do everything: nothing was configured, and nobody else gets here. */
  readonly isOpen: () => boolean
}

/** Knows whoever sends `Bearer` and a credential; whoever sends nothing is anonymous, or at home. */
export function identification({ credentials, isPublic, isOpen }: IdentifyOptions): Identify {
  const atHome: Viewer = {
    name: 'this machine',
    get scope() {
      return isOpen() ? 'ADMIN' : isPublic ? 'READER' : null
    },
  }
  return (authorization, { isLocal }) => {
    if (authorization === undefined) {
      if (isLocal && isOpen()) return atHome
      return isPublic ? anonymous : null
    }
    const [, text] = /^Bearer +([^\s]+) *$/i.exec(authorization) ?? []
    if (text === undefined) return null
    return credentials.find(({ takes }) => takes(text))?.viewer(text) ?? null
  }
}
