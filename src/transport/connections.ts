import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { GraphQLError } from 'graphql'
import type { Caller } from './caller.ts'
import type { Quota, Who } from './quota.ts'
import { headOf, refusal, refusalText } from './refusal.ts'

/** How long clients may take, in milliseconds. */
export interface Patience {
  /** From the connection, or the end of the request before it, to the end of a head. */
  readonly headersMs: number
  /** To the end of a request, its body included. */
  readonly requestMs: number
  /** For the next request on the same connection: longer than proxies keep theirs, who would send one into its end. */
  readonly idleMs: number
  /** How often it is looked who has taken too long. */
  readonly lookMs: number
  /** From a WebSocket's handshake to its connection_init. */
  readonly initMs: number
}

/** How many headers of a request are read. */
export const MOST_HEADERS = 100

const patience: Patience = { headersMs: 10_000, requestMs: 30_000, idleMs: 65_000, lookMs: 2000, initMs: 3000 }

/** What an HTTP server is made with. */
export function serverOptions({ headersMs, requestMs, idleMs, lookMs }: Patience) {
  return {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: lookMs,
  }
}

export function patienceOf(given: Partial<Patience> = {}): Patience {
  return { ...patience, ...given }
}

export interface Doorkeeper {
  readonly quota: Quota
  readonly callerOf: (request: IncomingMessage) => Caller
  /** Whether an address is that of a proxy that is believed: whoever comes through it is counted by what it says. */
  readonly isProxy: (address: string) => boolean
}

/**
 * Counts connections: those that come straight from when they are opened, whatever comes on them or not, so that sockets
 * without a request count, too; and what comes through a proxy by its requests. Those beyond the limit are told so and
 * closed. Returns how to count a request; it gives why it is refused.
 */
export function countConnections(
  server: Server,
  { quota, callerOf, isProxy }: Doorkeeper,
): (request: IncomingMessage, whenGone: (leave: () => void) => void) => GraphQLError | undefined {
  let open = 0
  server.on('connection', (socket: Socket) => {
    const { remoteAddress: address = '' } = socket
    open++
    socket.once('close', () => open--)
    if (open > quota.maxConnections) return turnAway(socket, full())
    if (isProxy(address)) return
    const leave = quota.connect(bareAddress(quota, address))
    if (leave === undefined) return turnAway(socket, tooMany())
    socket.once('close', leave)
  })
  return (request, whenGone) => {
    const caller = callerOf(request)
    if (caller.address === request.socket.remoteAddress) return undefined
    const leave = quota.connect(quota.ofAddress(caller))
    if (leave === undefined) return tooMany()
    whenGone(leave)
    return undefined
  }
}

/** Nobody knows yet what will come: an address of this machine may turn out to be at home. */
function bareAddress(quota: Quota, address: string): Who {
  return quota.ofAddress({ address, isLocal: /^(127\.|::1$|::ffff:127\.)/.test(address) })
}

/** Too many of one: also for a WebSocket, whose client comes back later. */
export function tooMany(): GraphQLError {
  return refusal('TOO_MANY_CONNECTIONS', 'You have too many connections open: close some, or come back later.', 30)
}

function full(): GraphQLError {
  return refusal('TOO_MANY_CONNECTIONS', 'Too many connections are open: come back in a moment.', 30)
}

function turnAway(socket: Socket, error: GraphQLError): void {
  const text = refusalText(error)
  const { status, headers } = headOf(error)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${status} Too Many\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n${lines.join('')}\r\n${text}`,
    () => socket.destroy(),
  )
}
