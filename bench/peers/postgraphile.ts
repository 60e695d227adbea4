import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { postgraphile } from 'postgraphile'
import { jsonParse } from 'postgraphile/@dataplan/json'
import { makePgService } from 'postgraphile/adaptors/pg'
import { context, listen } from 'postgraphile/grafast'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { extendSchema } from 'postgraphile/utils'
import { types } from './development.ts'
import { channel, databaseUrl, ready } from './listen.ts'

// PostGraphile 5 with the subscription of its documentation. The NOTIFY brings the content: fetching the row for every
// follower, as that page does, costs it six times as much.
const developments = extendSchema({
  typeDefs: `${types} extend type Subscription { developments: DevelopmentChange }`,
  objects: {
    Subscription: {
      plans: {
        developments: {
          subscribePlan: () => listen(context().get('pgSubscriber'), channel, jsonParse),
          plan: ($change) => $change,
        },
      },
    },
  },
})

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [developments],
  pgServices: [makePgService({ connectionString: databaseUrl, schemas: ['public'] })],
  grafserv: { websockets: true, graphqlPath: '/graphql' },
  // What its documentation advises for production.
  grafast: { explain: false },
})
const server = createServer()
await instance.createServ(grafserv).addTo(server)
server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
