import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** A connection to a server that does as a test says. */
export interface Peer {
  /** How many came before it. */
  readonly index: number
  /** What came with `connection_init`. */
  readonly params: unknown
  readonly variables: { readonly [name: string]: unknown }
  /** Sends an item: a status if it has a `state`, a change otherwise. */
  item(item: { readonly position: number; readonly previousPosition?: number; readonly state?: string }): void
  /** Answers the subscription with errors. */
  refuse(...errors: object[]): void
  complete(): void
  close(code: number, reason?: string): void
}

/** A server without a feed: for what ours does not do at a test's bidding. */
export interface ScriptedServer extends AsyncDisposable {
  readonly port: number
  readonly peers: readonly Peer[]
}

/** @param play called when a client has subscribed */
export async function openScriptedServer(play: (peer: Peer) => void): Promise<ScriptedServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const peers: Peer[] = []
  server.on('connection', (socket) => {
    let params: unknown
    socket.on('message', (data) => {
      const { type, id, payload } = JSON.parse(String(data))
      const send = (message: object) => socket.send(JSON.stringify(message))
      if (type === 'ping') send({ type: 'pong' })
      if (type === 'connection_init') {
        params = payload
        send({ type: 'connection_ack' })
      }
      if (type !== 'subscribe') return
      const peer: Peer = {
        index: peers.length,
        params,
        variables: payload.variables,
        item({ position, previousPosition = position, state, ...rest }) {
          const status = state && { state, head: `c${position}`, headPosition: position }
          const item = { cursor: `c${position}`, position, previousPosition, ...status, ...rest }
          send({ type: 'next', id, payload: { data: { developments: item } } })
        },
        refuse: (...errors) => send({ type: 'error', id, payload: errors }),
        complete: () => send({ type: 'complete', id }),
        close: (code, reason) => socket.close(code, reason),
      }
      peers.push(peer)
      play(peer)
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    peers,
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}
