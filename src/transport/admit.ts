import type { IncomingMessage } from 'node:http'
import { GraphQLError } from 'graphql'
import type { Viewer } from '../feed/viewer.ts'
import type { Context } from '../schema/context.ts'
import type { CallerOf } from './caller.ts'
import type { Identify } from './identify.ts'
import type { Quota, Who } from './quota.ts'

/** Whoever was let in: who it is, what it may see now, and what the audit trail calls it. */
export interface Asker extends Pick<Context, 'author'> {
  readonly viewer: Viewer
  readonly scope: NonNullable<Viewer['scope']>
  /** By which name it is counted. */
  readonly who: Who
}

/**
 * Lets a request in, on whichever transport it came; null: it is nobody who is known. A WebSocket says in its
 * connection_init who it is; where it does not, its handshake may have. A request is counted as a question, once, however
 * often it is asked who sent it; rejects with a GraphQLError where there were too many.
 */
export type Admit = (request: IncomingMessage, authorization?: string) => Promise<Asker | null>

export function admission(identify: Identify, callerOf: CallerOf, quota: Quota): Admit {
  const admitted = new WeakMap<IncomingMessage, Promise<Asker | null>>()

  async function admit(request: IncomingMessage, authorization: string | undefined): Promise<Asker | null> {
    const caller = callerOf(request)
    const address = quota.ofAddress(caller)
    // A key is not to be guessed, nor the database asked for guesses on and on: meanwhile no key is taken from there, but
    // whoever asks as anybody may goes on.
    const unknown = address === null ? null : `${address}, unknown`
    if (authorization !== undefined) quota.look('reads', unknown)
    const viewer = await identify(authorization, caller)
    if (viewer === null || viewer.scope === null) {
      quota.count('reads', unknown)
      return null
    }
    const who = quota.ofViewer(viewer, address)
    quota.count('reads', who)
    return { viewer, scope: viewer.scope, author: { name: viewer.name, address: caller.address }, who }
  }

  return (request, authorization) => {
    if (authorization !== undefined) return admit(request, authorization)
    const known = admitted.get(request)
    if (known !== undefined) return known
    const asker = admit(request, request.headers.authorization)
    admitted.set(request, asker)
    return asker
  }
}

/** What whoever is nobody known is told. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('You are not known here: check the `authorization` that you send.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
  })
}
