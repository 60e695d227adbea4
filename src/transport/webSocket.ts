import type { IncomingMessage, Server } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { makeServer } from 'graphql-ws'
import type { Extra } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Context, Services } from '../schema/context.ts'
import { failed } from '../schema/operate.ts'
import { type Asker, unauthenticated } from './admit.ts'
import { isOurs, masked } from './answer.ts'
import { LARGEST_BODY } from './body.ts'
import { type Connection, followedConnection } from './connection.ts'
import { type Patience, tooMany } from './connections.ts'
import type { SentDocument } from './documents.ts'
import type { Door } from './door.ts'
import type { GraphQLOptions, GraphQLServer } from './graphql.ts'
import { parked } from './parked.ts'
import { headOf, refusal, refusalText } from './refusal.ts'
import { REQUEST_ID, requestIdOf } from './requestId.ts'
import { serveSockets } from './socketServer.ts'
import { refusalIn, type Taken, take } from './subscription.ts'
import { watched } from './watched.ts'
import { WebSocketLine } from './webSocketLine.ts'

/** How many operations one socket may carry at a time. */
const MOST_OPERATIONS = 100
/** How often clients are asked whether they are still there: who does not answer until the next time is cut. */
const KEEP_ALIVE_MS = 30_000
/** How often it is looked whose key or token is over, in milliseconds: also who follows nothing is sent away. */
const LOOK_MS = 1000
/** What stock clients take as "come back": 1012 service restart, 1013 try again later, 4403 with other credentials. */
const closeCodes = { CLOSING: 1012, LAGGED: 1013, UNAVAILABLE: 1013, REFUSED: 1013, EXPIRED: 4403 } as const

/** Who is on a socket, and what it carries. */
interface Client {
  readonly asker: Asker
  readonly connection: Connection
}

export interface WebSocketOptions extends GraphQLOptions, Pick<Services, 'feed'> {
  readonly door: Pick<Door, 'refused'>
  readonly patience: Patience
}

type ConnectionParams = Readonly<Record<string, unknown>> | undefined
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
  { feed, drainMs: graceMs, admit, quota, findDocument, door, patience, ...told }: WebSocketOptions,
): () => Promise<void> {
  const sockets = new WebSocketServer({
    server,
    path: graphql.graphqlEndpoint,
    maxPayload: LARGEST_BODY,
    // What followers are sent is written to the sockets as it is.
    perMessageDeflate: false,
    verifyClient({ req }, answer) {
      const refused = door.refused(req)
      if (refused === undefined) return answer(true)
      const { status, headers } = headOf(refused)
      answer(false, status, refusalText(refused), { 'content-type': 'application/json', ...headers })
    },
  })
  sockets.on('headers', (headers, request) => headers.push(`${REQUEST_ID}: ${requestIdOf(request)}`))
  const clients = new WeakMap<WebSocket, Client>()
  // graphql-ws hands the arguments on as they are: what runs them is kept beside them.
  const runs = new WeakMap<object, Run>()

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: patience.initMs,
    async execute(args) {
      const { execute, request } = runs.get(args) as Run
      return masked((await execute(args)) as ExecutionResult, told, request)
    },
    async subscribe(args) {
      const { id, webSocket, request, asker, connection } = runs.get(args) as Run
      let leave = () => {}
      let taken: Taken | (ExecutionResult & { readonly subscription?: never })
      try {
        leave = quota.subscribe(asker.who)
        taken = await watched(args, told, () => take(args as Operation, told), refusalIn)
      } catch (error) {
        taken = failed(error)
      }
      if (taken.subscription === undefined) {
        leave()
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
      }, leave)
    },
    async onConnect({ connectionParams, extra: { socket, request } }) {
      const asker = await admitted(socket, request, connectionParams)
      if (asker === null || socket.readyState === socket.CLOSED) return false
      const leave = quota.connect(asker.who === asker.viewer.name ? asker.who : null)
      if (leave === undefined) return turnAway(socket, tooMany())
      socket.once('close', leave)
      const connection = followedConnection({
        close: (why) => socket.close(closeCodes[why], why),
        cut: () => socket.terminate(),
        graceMs,
      })
      socket.once('close', connection.gone)
      clients.set(socket, { asker, connection })
      return true
    },
    async onSubscribe({ extra: { request, socket }, subscriptions }, id, payload) {
      const client = clients.get(socket) as Client
      const refused = (...errors: readonly GraphQLError[]) => masked({ errors }, told).errors
      const { viewer, author, who } = client.asker
      // It is looked at anew: what was let in may have been sent away since.
      if (viewer.scope === null) return refused(unauthenticated())
      const asker = { viewer, author, who, scope: viewer.scope }
      const { operationName, variables } = payload
      try {
        if (Object.keys(subscriptions).length > MOST_OPERATIONS) throw tooManyOperations()
        quota.count('reads', who)
        const query = findDocument === undefined ? payload.query : findDocument(payload as SentDocument, asker.scope)
        const enveloped = graphql.getEnveloped({
          req: request,
          // Yoga lets no GET change anything, and a handshake is one; of which origin it is the door has seen to.
          request: { method: 'POST', headers: request.headers },
          asker,
          params: { query, operationName, variables },
        })
        const { schema, parse, validate, contextFactory, execute } = enveloped
        const document = parse(query)
        const errors = validate(schema, document)
        if (errors.length > 0) return refused(...errors)
        const contextValue = await contextFactory()
        const args = { schema, document, operationName, variableValues: variables, contextValue }
        runs.set(args, { ...client, execute, id, webSocket: socket, request })
        return args
      } catch (error) {
        // A syntax error is an answer to this operation; thrown, it would close the whole socket.
        if (error instanceof GraphQLError) return refused(error)
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

  async function admitted(socket: WebSocket, request: IncomingMessage, params: ConnectionParams) {
    try {
      const asker = await admit(request, authorizationIn(params))
      if (asker === null) told.refused('UNAUTHENTICATED')
      return asker
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      turnAway(socket, error)
      return null
    }
  }

  /** Closes a socket so that its client comes back later. */
  function turnAway(socket: WebSocket, { extensions }: GraphQLError): false {
    told.refused(String(extensions.code))
    socket.close(closeCodes.REFUSED, String(extensions.code))
    return false
  }

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

function authorizationIn(connectionParams: ConnectionParams): string | undefined {
  const authorization = connectionParams?.authorization ?? connectionParams?.Authorization
  return typeof authorization === 'string' ? authorization : undefined
}

function tooManyOperations(): GraphQLError {
  return refusal(
    'TOO_MANY_OPERATIONS',
    `A socket carries ${MOST_OPERATIONS} operations at a time: complete some, or open another.`,
    1,
  )
}
