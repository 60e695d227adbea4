import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { WebSocket } from 'ws'
import { LIGHT, type Seen } from './follower.ts'

/** A follower that takes nothing of what it is sent until it is read. */
export interface Unread {
  /** Its own end of its connection. */
  readonly port: number
  /** Takes what is there, and what still comes, until its connection ends or it has all; gives WebSocket's close code. */
  read(): Promise<{ readonly items: readonly Seen[]; readonly code?: number }>
  /** Is gone, without a word. */
  leave(): void
}

export type Neglect = (port: number, query: string, after: string) => Promise<Unread>

/**
 * Over WebSocket; on its socket is a LIGHT subscription too, so that those of LIGHT have one among them whose socket
 * takes nothing.
 */
const byWebSocket: Neglect = async (port, query, after) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  // What matters is the close that follows.
  socket.on('error', () => {})
  const send = (message: object) => socket.send(JSON.stringify(message))
  const upgraded = once(socket, 'upgrade')
  await once(socket, 'open')
  const [{ socket: wire }] = (await upgraded) as [IncomingMessage]
  send({ type: 'connection_init' })
  await once(socket, 'message')
  send({ type: 'subscribe', id: 'light', payload: { query: LIGHT } })
  send({ type: 'subscribe', id: 'heavy', payload: { query, variables: { after } } })
  socket.pause()
  return {
    port: wire.localPort as number,
    async read() {
      const items: Seen[] = []
      socket.on('message', (data) => {
        const { id, payload } = JSON.parse(String(data))
        if (id !== 'heavy') return
        items.push(payload.data.developments)
        if (items.at(-1)?.state === 'CAUGHT_UP') socket.terminate()
      })
      socket.resume()
      const [code] = await once(socket, 'close')
      return { items, code }
    },
    leave: () => socket.terminate(),
  }
}

const bySse: Neglect = async (port, query, after) => {
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
  const asked = request(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, agent: false })
  asked.end(JSON.stringify({ query, variables: { after } }))
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  // What is cut is an error before it is closed.
  response.on('error', () => {})
  const closed = new Promise<void>((resolve) => response.once('close', resolve))
  return {
    port: response.socket.localPort as number,
    async read() {
      const items: Seen[] = []
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        const events = (text + chunk).split('\n\n')
        // The last one is still to be ended, or was cut in its middle.
        text = events.pop() as string
        const data = events.flatMap((event) => /^data: (.+)$/m.exec(event)?.[1] ?? [])
        items.push(...data.map((line) => JSON.parse(line).data.developments))
        if (items.at(-1)?.state === 'CAUGHT_UP') asked.destroy()
      })
      await closed
      return { items }
    },
    leave: () => asked.destroy(),
  }
}

export const neglects: { readonly [transport: string]: Neglect } = { WebSocket: byWebSocket, SSE: bySse }
