import type { IncomingMessage, Server } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { makeServer } from 'graphql-ws'
import type { Extra } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context, Services } from '../schema/context.ts'
import { type Asker, unauthenticated } from './admit.ts'
import { isOurs, masked } from './answer.ts'
import { type Connection, followedConnection } from './connection.ts'
import type { GraphQLOptions, GraphQLServer } from './graphql.ts'
import { parked } from './parked.ts'
import { REQUEST_ID, requestIdOf } from './requestId.ts'
import { serveSockets } from './socketServer.ts'
import { refusalIn, take } from './subscription.ts'
import { watched } from './watched.ts'
import { WebSocketLine } from './webSocketLine.ts'

/** The largest message that a client may send, in bytes. A dispatch of more goes through `npm run ingest`. */
const LARGEST_MESSAGE = 1024 * 1024
/** How often clients are asked whether they are still there: who does not answer until the next time is cut. */
const KEEP_ALIVE_MS = 30_000
/** How often it is looked whose key or token is over, in milliseconds: also who follows nothing is sent away. */
const LOOK_MS = 1000
/** What stock clients take as "come back": 1012 service restart, 1013 try again later, 4403 with other credentials. */
const closeCodes = { CLOSING: 1012, LAGGED: 1013, UNAVAILABLE: 1013, EXPIRED: 4403 } as const

/** Who is on a socket, and what it carries. */
interface Client {
  readonly asker: Asker
  readonly connection: Connection
}

type Operation = ExecutionArgs & { readonly contextValue: Context }
type Execute = ReturnType<GraphQLServer['getEnveloped']>['execute']

/** What runs an operation, beside its arguments. */
interface Run extends Client {
  readonly execute: Execute
  readonly id: string
  readonly webSocket: WebSocket
  readonly request: IncomingMessage
}

/**
 * GraphQL over WebSocket (graphql-transport-ws) at the endpoint of `graphql`. Returns how to close what is still open;
 * whoever does not go within `drainMs` milliseconds is cut.
 */
export function openWebSocket(
  server: Server,
  graphql: GraphQLServer,
  { feed, drainMs: graceMs, admit, ...told }: GraphQLOptions & Pick<Services, 'feed'>,
): () => Promise<void> {
  const sockets = new WebSocketServer({
    server,
    path: graphql.graphqlEndpoint,
    maxPayload: LARGEST_MESSAGE,
    // What followers are sent is written to the sockets as it is.
    perMessageDeflate: false,
    verifyClient: isSameOrigin,
  })
  sockets.on('headers', (headers, request) => headers.push(`${REQUEST_ID}: ${requestIdOf(request)}`))
  const clients = new WeakMap<WebSocket, Client>()
  // graphql-ws hands the arguments on as they are: what runs them is kept beside them.
  const runs = new WeakMap<object, Run>()

  const protocol = makeServer<Record<string, unknown>, Extra>({
    async execute(args) {
      const { execute, request } = runs.get(args) as Run
      return masked((await execute(args)) as ExecutionResult, told, request)
    },
    async subscribe(args) {
      const { id, webSocket, request, asker, connection } = runs.get(args) as Run
      const taken = await watched(args, told, () => take(args as Operation, told), refusalIn)
      if (taken.subscription === undefined) {
        const answer = masked(taken, told, request)
        // Answered and completed, it would be over for clients; when the database is back, it is not.
        if (isOurs(answer)) webSocket.close(closeCodes.UNAVAILABLE, 'UNAVAILABLE')
        return answer
      }
      return parked(() => {
        let stop: (() => void) | undefined
        const peer = { transport: 'WEBSOCKET', address: asker.author.address } as const
        const line = new WebSocketLine({ webSocket, socket: request.socket, connection, peer }, id, () => stop?.())
        stop = feed.follow({ ...taken, viewer: asker.viewer, line })
        return () => {
          stop()
          line.leave()
        }
      })
    },
    async onConnect({ connectionParams, extra: { socket, request } }) {
      const asker = await admit(request, authorizationIn(connectionParams))
      if (asker === null) {
        told.refused('UNAUTHENTICATED')
        return false
      }
      const connection = followedConnection({
        close: (why) => socket.close(closeCodes[why], why),
        cut: () => socket.terminate(),
        graceMs,
      })
      socket.once('close', connection.gone)
      clients.set(socket, { asker, connection })
      return true
    },
    async onSubscribe({ extra: { request, socket } }, id, { query, operationName, variables }) {
      const client = clients.get(socket) as Client
      const { viewer, author } = client.asker
      // It is looked at anew: what was let in may have been sent away since.
      if (viewer.scope === null) return masked({ errors: [unauthenticated()] }, told).errors
      const asker = { viewer, author, scope: viewer.scope }
      const enveloped = graphql.getEnveloped({
        req: request,
        request,
        asker,
        params: { query, operationName, variables },
      })
      const { schema, parse, validate, contextFactory, execute } = enveloped
      try {
        const document = parse(query)
        const errors = validate(schema, document)
        if (errors.length > 0) return masked({ errors }, told).errors
        const contextValue = await contextFactory()
        const args = { schema, document, operationName, variableValues: variables, contextValue }
        runs.set(args, { ...client, execute, id, webSocket: socket, request })
        return args
      } catch (error) {
        // A syntax error is an answer to this operation; thrown, it would close the whole socket.
        if (error instanceof GraphQLError) return masked({ errors: [error] }, told).errors
        throw error
      }
    },
  })
  serveSockets(protocol, sockets, { keepAliveMs: KEEP_ALIVE_MS, log: told.log })
  const looking = setInterval(() => {
    for (const socket of sockets.clients) {
      if (clients.get(socket)?.asker.viewer.scope === null) socket.close(closeCodes.EXPIRED, 'EXPIRED')
    }
  }, LOOK_MS)
  return async () => {
    clearInterval(looking)
    for (const socket of sockets.clients) socket.close(closeCodes.CLOSING, 'CLOSING')
    const late = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
    }, graceMs)
    // Waits until all are gone.
    await new Promise((resolve) => sockets.close(resolve))
    clearTimeout(late)
  }
}

function authorizationIn(connectionParams: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const authorization = connectionParams?.authorization ?? connectionParams?.Authorization
  return typeof authorization === 'string' ? authorization : undefined
}

/** Browsers tell where a page came from; a page of another origin must not open the feed in its reader's name. */
function isSameOrigin({ origin, req }: { origin?: string; req: IncomingMessage }): boolean {
  if (!origin) return true
  try {
    return new URL(origin).host === req.headers.host
  } catch {
    return false
  }
}
