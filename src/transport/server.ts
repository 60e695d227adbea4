import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Services } from '../schema/context.ts'
import { refuseAddress } from './address.ts'
import { admission } from './admit.ts'
import { openAnswers } from './answers.ts'
import { callerOf } from './caller.ts'
import { EXPORT_PATH, exportStream } from './exportStream.ts'
import { FEED_PATH, feedStream } from './feedStream.ts'
import { graphiqlPage } from './graphiql.ts'
import { createGraphQL, type GraphQLOptions } from './graphql.ts'
import type { Identify } from './identify.ts'
import { idleSockets } from './idleSockets.ts'
import { knownRequests } from './requests.ts'
import { openWebSocket } from './webSocket.ts'

export interface ListenOptions extends Omit<GraphQLOptions, 'admit'> {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly identify: Identify
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
}

/** A server that answers. */
export interface Listening {
  readonly port: number
  /** Takes no more connections, says farewell to followers, lets answers finish, and closes. */
  close(): Promise<void>
}

/** Listens for HTTP, SSE and WebSocket. Rejects with Node's error when the port cannot be had. */
export async function listen(services: Services, given: ListenOptions): Promise<Listening> {
  const admit = admission(given.identify, callerOf(given.trustedProxies))
  const options = { ...given, admit }
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
  const server = createServer((request, response) => {
    if (refuseAddress(request, response)) return
    if (request.url === '/') {
      response.writeHead(302, { location: graphql.graphqlEndpoint }).end()
      return
    }
    const stream = streams.get(request.url?.split('?')[0] ?? '')
    if (stream !== undefined) {
      stream(request, response).catch((error) => {
        options.log(error)
        response.destroy()
      })
      return
    }
    if (!servePage(request, response)) serveGraphQL(request, response)
  })
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
  const closeSockets = openWebSocket(server, graphql, { ...options, feed: services.feed })
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
