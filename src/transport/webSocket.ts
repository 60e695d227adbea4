import type { IncomingMessage, Server } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Connection } from '../feed/connection.ts'
import { followedConnection } from './connection.ts'
import type { GraphQLServer } from './graphql.ts'

/** The largest message that a client may send, in bytes. A dispatch of more goes through `npm run ingest`. */
const LARGEST_MESSAGE = 1024 * 1024
/** What stock clients take as "come back": 1012 service restart, 1013 try again later. */
const closeCodes = { CLOSING: 1012, LAGGED: 1013, UNAVAILABLE: 1013 } as const

type Run = Pick<ReturnType<GraphQLServer['getEnveloped']>, 'execute' | 'subscribe'> & { readonly socket: WebSocket }

/**
 * GraphQL over WebSocket (graphql-transport-ws) at the endpoint of `graphql`. Returns how to close what is still open;
 * whoever does not go within `graceMs` milliseconds is cut.
 */
export function openWebSocket(server: Server, graphql: GraphQLServer, graceMs: number): () => Promise<void> {
  const sockets = new WebSocketServer({
    server,
    path: graphql.graphqlEndpoint,
    maxPayload: LARGEST_MESSAGE,
    verifyClient: isSameOrigin,
  })
  const connections = new WeakMap<WebSocket, Connection>()
  // graphql-ws hands the arguments on as they are: what runs them is kept beside them.
  const runs = new WeakMap<object, Run>()
  const run = (args: ExecutionArgs) => runs.get(args) as Run

  const gone = useServer(
    {
      // Otherwise the reason of a close tells what went wrong inside.
      isProd: true,
      execute: (args) => run(args).execute(args),
      async subscribe(args) {
        const { subscribe, socket } = run(args)
        const result = await subscribe(args)
        // Answered and completed, it would be over for clients; when the database is back, it is not.
        if (failedWithin(result)) socket.close(closeCodes.UNAVAILABLE, 'UNAVAILABLE')
        return result
      },
      onConnect: ({ extra: { socket } }) => {
        const connection = followedConnection({
          close: (why) => socket.close(closeCodes[why], why),
          cut: () => socket.terminate(),
          graceMs,
        })
        socket.once('close', connection.gone)
        connections.set(socket, connection)
      },
      async onSubscribe({ extra: { request, socket } }, _id, { query, operationName, variables }) {
        const connection = connections.get(socket)
        const enveloped = graphql.getEnveloped({
          req: request,
          request,
          connection,
          params: { query, operationName, variables },
        })
        const { schema, parse, validate, contextFactory } = enveloped
        try {
          const document = parse(query)
          const errors = validate(schema, document)
          if (errors.length > 0) return errors
          const contextValue = await contextFactory()
          const args = { schema, document, operationName, variableValues: variables, contextValue }
          runs.set(args, { ...enveloped, socket })
          return args
        } catch (error) {
          // A syntax error is an answer to this operation; thrown, it would close the whole socket.
          if (error instanceof GraphQLError) return [error]
          throw error
        }
      },
    },
    sockets,
  )
  return async () => {
    for (const socket of sockets.clients) socket.close(closeCodes.CLOSING, 'CLOSING')
    const late = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate()
    }, graceMs)
    // Waits until all are gone.
    await gone.dispose()
    clearTimeout(late)
  }
}

/** Not a refusal, which a client must change something about, but a failure of ours. */
function failedWithin(result: ExecutionResult | object): boolean {
  return 'errors' in result && result.errors?.some(({ extensions }) => extensions.unexpected === true) === true
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
