import type { ExecutionArgs } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Connection } from '../feed/connection.ts'
import type { Context, Services } from '../schema/context.ts'
import { follow, operate } from '../schema/operate.ts'
import { schema } from '../schema/schema.ts'
import { type SseRequest, sseConnection } from './sse.ts'

/** What the transports put beside the services: the request of SSE, or the connection of a WebSocket. */
export interface Carried extends Partial<SseRequest> {
  readonly connection?: Connection
}

type Operation = ExecutionArgs & { readonly contextValue: Context }
export type GraphQLServer = YogaServerInstance<Carried, Services>

export interface GraphQLOptions {
  /** How long a follower has to take its last item and to go, in milliseconds. */
  readonly drainMs: number
  /** Told of what went wrong while answering. */
  readonly log: (error: unknown) => void
}

/** The GraphQL endpoint: HTTP and SSE by Yoga, and what the WebSocket needs of it. */
export function createGraphQL(services: Services, { drainMs, log }: GraphQLOptions): GraphQLServer {
  const execution: Plugin<Context> = {
    onExecute: ({ setExecuteFn }) => setExecuteFn((args) => operate(args as Operation)),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args) => follow(args as Operation)),
  }
  return createYoga<Carried, Services>({
    schema,
    context: (carried) => ({ ...services, connection: carried.connection ?? sseConnection(carried, drainMs) }),
    plugins: [execution as Plugin],
    graphqlEndpoint: '/graphql',
    healthCheckEndpoint: '/livez',
    landingPage: false,
    // Pages of other origins have no business here until they are configured to.
    cors: false,
    batching: false,
    // Served apart: Yoga would send all of its nine megabytes at every visit.
    graphiql: false,
    logging: { debug: () => {}, info: () => {}, warn: () => {}, error: log },
  })
}
