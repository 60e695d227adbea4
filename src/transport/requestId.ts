import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** What names a request, in its answer and in the log. */
export const REQUEST_ID = 'x-request-id'
/** Letters, digits and what is harmless between them: what else a proxy sends is not repeated. */
const FORM = /^[\w.:+/=-]{1,128}$/

const ids = new WeakMap<IncomingMessage, string>()

/** What a request is called; undefined: it was not named yet. */
export function requestIdOf(request: IncomingMessage | undefined): string | undefined {
  return request && ids.get(request)
}

/**
 * Names requests: as a trusted proxy does, if that can be repeated, so that one name goes through all logs; else anew.
 * @param trusted as for callerOf
 */
export function requestNames(trusted: readonly string[]): (request: IncomingMessage) => string {
  const trust = proxyAddr.compile([...trusted])
  return (request) => {
    const sent = request.headers[REQUEST_ID]
    const isTaken = typeof sent === 'string' && FORM.test(sent) && trust(request.socket.remoteAddress ?? '', 0)
    const id = isTaken ? sent : randomUUID()
    ids.set(request, id)
    return id
  }
}
