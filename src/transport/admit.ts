import type { IncomingMessage } from 'node:http'
import { GraphQLError } from 'graphql'
import type { Viewer } from '../feed/viewer.ts'
import type { Context } from '../schema/context.ts'
import type { CallerOf } from './caller.ts'
import type { Identify } from './identify.ts'

/** Whoever was let in: who it is, what it may see now, and what the audit trail calls it. */
export interface Asker extends Pick<Context, 'author'> {
  readonly viewer: Viewer
  readonly scope: NonNullable<Viewer['scope']>
}

/**
 * Lets a request in, on whichever transport it came; null: it is nobody who is known. A WebSocket says in its
 * connection_init who it is; where it does not, its handshake may have.
 */
export type Admit = (request: IncomingMessage, authorization?: string) => Promise<Asker | null>

export function admission(identify: Identify, callerOf: CallerOf): Admit {
  return async (request, authorization = request.headers.authorization) => {
    const caller = callerOf(request)
    const viewer = await identify(authorization, caller)
    if (viewer === null || viewer.scope === null) return null
    return { viewer, scope: viewer.scope, author: { name: viewer.name, address: caller.address } }
  }
}

/** What whoever is nobody known is told. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('You are not known here: check the `authorization` that you send.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
  })
}
