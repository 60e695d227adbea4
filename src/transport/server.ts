import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { GraphQLError } from 'graphql'
import type { Services } from '../schema/context.ts'
import { admission } from './admit.ts'
import { openAnswers } from './answers.ts'
import { type Caller, callerOf, proxies } from './caller.ts'
import { countConnections, MOST_HEADERS, type Patience, patienceOf, serverOptions } from './connections.ts'
import { trustedDocuments } from './documents.ts'
import { openDoor } from './door.ts'
import { EXPORT_PATH, exportStream } from './exportStream.ts'
import { FEED_PATH, feedStream } from './feedStream.ts'
import { graphiqlPage } from './graphiql.ts'
import { createGraphQL, type GraphQLOptions } from './graphql.ts'
import type { Identify } from './identify.ts'
import { idleSockets } from './idleSockets.ts'
import { openOrigins } from './origin.ts'
import { openQuota, type QuotaOptions } from './quota.ts'
import { refuse } from './refusal.ts'
import { knownRequests } from './requests.ts'
import { openWebSocket } from './webSocket.ts'

export interface ListenOptions extends Pick<GraphQLOptions, 'drainMs' | 'log'> {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly identify: Identify
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  /** Origins whose pages may ask, beside this server's own: `https://news.example`. */
  readonly origins: readonly string[]
  readonly limits: QuotaOptions
  /** Who is held to no limit of these. */
  readonly isFree: (caller: Caller) => boolean
  /** The only documents that are taken, by their ids; undefined: any is. */
  readonly documents: ReadonlyMap<string, string> | undefined
  readonly patience?: Partial<Patience>
}

/** A server that answers. */
export interface Listening {
  readonly port: number
  /** Takes no more connections, says farewell to followers, lets answers finish, and closes. */
  close(): Promise<void>
}

/** Listens for HTTP, SSE and WebSocket. Rejects with Node's error when the port cannot be had. */
export async function listen(services: Services, given: ListenOptions): Promise<Listening> {
  const caller = callerOf(given.trustedProxies)
  const quota = openQuota(given.limits, given.isFree)
  const admit = admission(given.identify, caller, quota)
  const patience = patienceOf(given.patience)
  const findDocument = given.documents && trustedDocuments(given.documents)
  const options = { ...given, admit, quota, patience, findDocument }
  const answers = openAnswers(services)
  const graphql = createGraphQL(services, answers, options)
  const serveGraphQL = knownRequests(answers, admit, {
    otherwise: (request, response, sent) => graphql(request, response, { sent }),
    log: options.log,
  })
  const servePage = graphiqlPage(graphql.graphqlEndpoint)
  const streams = new Map([
    [FEED_PATH, feedStream(services, options)],
    [EXPORT_PATH, exportStream(services, options)],
  ])
  const server = createServer(serverOptions(patience), (request, response) => {
    if (!door.letsIn(request, response)) return
    if (request.url === '/') {
      response.writeHead(302, { location: graphql.graphqlEndpoint }).end()
      return
    }
    const stream = streams.get(request.url?.split('?')[0] ?? '')
    if (stream !== undefined) {
      stream(request, response).catch((error) => {
        if (error instanceof GraphQLError) return refuse(response, error)
        options.log(error)
        response.destroy()
      })
      return
    }
    if (!servePage(request, response)) serveGraphQL(request, response)
  })
  server.maxHeadersCount = MOST_HEADERS
  const count = countConnections(server, { quota, callerOf: caller, isProxy: proxies(given.trustedProxies) })
  const door = openDoor(openOrigins(given.origins), count)
  const closeIdle = idleSockets(server)
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  // Only now: it would print an error of listening, which is the caller's to tell.
  const closeSockets = openWebSocket(server, graphql, { ...options, door, feed: services.feed })
  return {
    port: (server.address() as AddressInfo).port,
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
    },
  }
}
