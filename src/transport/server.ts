import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { GraphQLError } from 'graphql'
import type { LimitsConfig } from '../config.ts'
import type { Services } from '../schema/context.ts'
import { refuseAddress } from './address.ts'
import { admission } from './admit.ts'
import { openAnswers } from './answers.ts'
import { type Caller, callerOf, proxies } from './caller.ts'
import { countConnections, MOST_HEADERS, type Patience, patienceOf, serverOptions } from './connections.ts'
import { dashboardPage } from './dashboardPage.ts'
import { trustedDocuments } from './documents.ts'
import { openDoor } from './door.ts'
import { continueInTurn } from './expected.ts'
import { EXPORT_PATH, exportStream } from './exportStream.ts'
import { FEED_PATH, feedStream } from './feedStream.ts'
import { graphiqlPage } from './graphiql.ts'
import { createGraphQL, type GraphQLOptions } from './graphql.ts'
import { LIVE_PATH, READY_PATH, readyPage } from './health.ts'
import type { Identify } from './identify.ts'
import { idleSockets } from './idleSockets.ts'
import { openMetrics } from './metrics.ts'
import { METRICS_PATH, type MetricsServerOptions, metricsPage, openMetricsServer } from './metricsPage.ts'
import { OPERATOR_PATH, operatorPage } from './operatorPage.ts'
import { openOrigins } from './origin.ts'
import { openQuota } from './quota.ts'
import { refuse } from './refusal.ts'
import { REQUEST_ID, requestIdOf, requestNames } from './requestId.ts'
import { knownRequests } from './requests.ts'
import { type RequestFacts, tellRequest } from './requestTold.ts'
import { openWebSocket } from './webSocket.ts'

export interface ListenOptions extends Pick<GraphQLOptions, 'drainMs' | 'log'> {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly identify: Identify
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  /** How often the tail looks by itself, in milliseconds. */
  readonly pollMs: number
  /** The server was told to stop: `/readyz` says so from then on. */
  readonly leaving: AbortSignal
  /** Where metrics are served beside this server; undefined: only here, to operators. */
  readonly metrics?: MetricsServerOptions | undefined
  /** Told of every request when it is over; absent: nobody is. */
  readonly onRequest?: ((request: RequestFacts) => void) | undefined
  /** Origins whose pages may ask, beside this server's own: `https://news.example`. */
  readonly origins: readonly string[]
  readonly limits: LimitsConfig
  /** Who is held to no limit of these. */
  readonly isFree: (caller: Caller) => boolean
  /** The only documents that are taken, by their ids; undefined: any is. */
  readonly documents: ReadonlyMap<string, string> | undefined
  readonly patience?: Partial<Patience>
  /** The folder into which the dashboard was built. */
  readonly dashboard: string
}

/** A server that answers. */
export interface Listening {
  readonly port: number
  /** Where metrics are served beside it. */
  readonly metricsPort: number | undefined
  /** Takes no more connections, says farewell to followers, lets answers finish, and closes. */
  close(): Promise<void>
}

/** Listens for HTTP, SSE and WebSocket. Rejects with Node's error when the port cannot be had. */
export async function listen(given: Services, chosen: ListenOptions): Promise<Listening> {
  const metrics = openMetrics(given)
  const services: Services = { ...given, onIngest: metrics.ingested }
  const caller = callerOf(chosen.trustedProxies)
  const quota = openQuota(chosen.limits, chosen.isFree)
  const admit = admission(chosen.identify, caller, quota)
  const patience = patienceOf(chosen.patience)
  const findDocument = chosen.documents && trustedDocuments(chosen.documents)
  const nameRequest = requestNames(chosen.trustedProxies)
  const { refused, operated } = metrics
  const options = { ...chosen, admit, quota, patience, findDocument, refused, operated }
  const answers = openAnswers(services, { onAnswer: metrics.answered })
  const graphql = createGraphQL(services, answers, options)
  const serveGraphQL = knownRequests(answers, admit, {
    otherwise: (request, response, sent) => graphql(request, response, { sent }),
    ...{ log: options.log, refused },
  })
  const serveGraphiql = graphiqlPage(graphql.graphqlEndpoint)
  const serveDashboard = dashboardPage(chosen.dashboard, [graphql.graphqlEndpoint, LIVE_PATH])
  const streams = new Map([
    [FEED_PATH, feedStream(services, options)],
    [EXPORT_PATH, exportStream(services, options)],
    [READY_PATH, readyPage({ ...services, ...options })],
    [METRICS_PATH, metricsPage(metrics, admit, metrics.refused)],
    [OPERATOR_PATH, operatorPage],
  ])
  const server = createServer(serverOptions(patience), (request, response) => {
    response.setHeader(REQUEST_ID, nameRequest(request))
    if (options.onRequest !== undefined) tellRequest(request, response, options.onRequest)
    if (refuseAddress(request, response) || !door.letsIn(request, response)) return
    const stream = streams.get(request.url?.split('?')[0] ?? '')
    if (stream !== undefined) {
      stream(request, response).catch((error) => {
        if (error instanceof GraphQLError) {
          refused(String(error.extensions.code))
          return refuse(response, error)
        }
        options.log(error, requestIdOf(request))
        response.destroy()
      })
      return
    }
    if (!serveGraphiql(request, response) && !serveDashboard(request, response)) serveGraphQL(request, response)
  })
  continueInTurn(server)
  server.on('upgrade', nameRequest)
  server.maxHeadersCount = MOST_HEADERS
  const count = countConnections(server, { quota, callerOf: caller, isProxy: proxies(chosen.trustedProxies) })
  const door = openDoor(openOrigins(chosen.origins), count, refused)
  const closeIdle = idleSockets(server)
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  const apart = chosen.metrics && (await openMetricsServer(metrics, chosen.metrics))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      apart?.close()
      reject(error)
    })
    server.listen(options.port, options.host, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
  // Only now: it would print an error of listening, which is the caller's to tell.
  const closeSockets = openWebSocket(server, graphql, { ...options, door, feed: services.feed })
  return {
    port: (server.address() as AddressInfo).port,
    metricsPort: apart?.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      closeIdle()
      await services.feed.close(options.drainMs)
      await closeSockets()
      const late = setTimeout(() => server.closeAllConnections(), options.drainMs)
      await closed
      clearTimeout(late)
      // A server has closed a moment before those hear it whose connections were cut for that.
      await Promise.all(
        [...open].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
      )
      await graphql.dispose()
      apart?.close()
    },
  }
}
