import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GraphQLError } from 'graphql'
import type { Origins } from './origin.ts'
import { refuse } from './refusal.ts'

/** What every request passes, and every WebSocket's handshake, before anything else looks at it. */
export interface Door {
  /** False: it is answered. */
  letsIn(request: IncomingMessage, response: ServerResponse): boolean
  /** Why a handshake is refused; undefined: it is not. */
  refused(handshake: IncomingMessage): GraphQLError | undefined
}

/**
 * @param count counts a request's connection; it gives why it is refused
 * @param refused told of every refusal, by its code
 */
export function openDoor(
  origins: Origins,
  count: (request: IncomingMessage, whenGone: (leave: () => void) => void) => GraphQLError | undefined,
  refused: (code: string) => void,
): Door {
  function told(error: GraphQLError | undefined): GraphQLError | undefined {
    if (error !== undefined) refused(String(error.extensions.code))
    return error
  }
  return {
    letsIn(request, response) {
      // Its connection was turned away before it had come.
      if (request.socket.writableEnded) return false
      const foreign = told(origins.refused(request))
      if (foreign !== undefined) refuse(response, foreign)
      if (foreign !== undefined || origins.greet(request, response)) return false
      const tooMany = told(count(request, (leave) => response.once('close', leave)))
      if (tooMany !== undefined) refuse(response, tooMany)
      return tooMany === undefined
    },
    refused: (handshake) =>
      told(origins.refused(handshake) ?? count(handshake, (leave) => handshake.socket.once('close', leave))),
  }
}
