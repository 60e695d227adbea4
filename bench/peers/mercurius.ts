import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { types } from './development.ts'
import { listen, ready } from './listen.ts'

// Mercurius as its documentation shows subscriptions. Its jit option does not reach them.
const app = Fastify()
app.register(mercurius, {
  schema: `${types} type Query { isReady: Boolean! } type Subscription { developments: DevelopmentChange! }`,
  resolvers: {
    Query: { isReady: () => true },
    Subscription: {
      developments: { subscribe: (_root, _args, { pubsub }) => pubsub.subscribe('developments') },
    },
  },
  subscription: true,
})
await app.ready()
await listen((payload) => {
  app.graphql.pubsub.publish({ topic: 'developments', payload: { developments: JSON.parse(payload) } })
})
await app.listen({ port: 0, host: '127.0.0.1' })
ready((app.server.address() as AddressInfo).port)
