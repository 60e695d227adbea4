import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { useServer } from 'graphql-ws/use/ws'
import { createPubSub, createSchema, createYoga, type YogaInitialContext } from 'graphql-yoga'
import { WebSocketServer } from 'ws'
import { type DevelopmentChange, types } from './development.ts'
import { listen, ready } from './listen.ts'

// Yoga with graphql-ws, by the recipe of Yoga's documentation.
const pubSub = createPubSub<{ developments: [DevelopmentChange] }>()
await listen((payload) => pubSub.publish('developments', JSON.parse(payload)))

const yoga = createYoga({
  schema: createSchema({
    typeDefs: `${types} type Query { isReady: Boolean! } type Subscription { developments: DevelopmentChange! }`,
    resolvers: {
      Query: { isReady: () => true },
      Subscription: {
        developments: {
          subscribe: () => pubSub.subscribe('developments'),
          resolve: (change: DevelopmentChange) => change,
        },
      },
    },
  }),
})
const server = createServer(yoga)
const sockets = new WebSocketServer({ server, path: yoga.graphqlEndpoint })

type Enveloped = ReturnType<typeof yoga.getEnveloped>
type Root = Pick<Enveloped, 'execute' | 'subscribe'>

useServer(
  {
    execute: (args) => (args.rootValue as Root).execute(args),
    subscribe: (args) => (args.rootValue as Root).subscribe(args),
    onSubscribe: async (ctx, _id, params) => {
      const initial = { ...ctx, req: ctx.extra.request, socket: ctx.extra.socket, params }
      const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped(
        initial as unknown as YogaInitialContext,
      )
      const args = {
        schema,
        operationName: params.operationName,
        document: parse(params.query),
        variableValues: params.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      }
      const errors = validate(args.schema, args.document)
      return errors.length > 0 ? errors : args
    },
  },
  sockets,
)

server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
