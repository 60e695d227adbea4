import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './proxy.ts'

/** An address behind which servers come and go, as a machine that is switched off and on. */
export interface Relay extends AsyncDisposable {
  readonly address: string
  /** Leads to the server at this port from now on. */
  lead(to: number): Promise<void>
  /** Ends all connections without a word, and takes none. */
  cut(): void
}

export async function openRelay(): Promise<Relay> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let server: Server | undefined
  const cut = () => {
    server?.close()
    for (const socket of sockets) socket.resetAndDestroy()
    sockets.clear()
  }
  return {
    address: `http://127.0.0.1:${port}`,
    async lead(to) {
      server = createServer((socket) => {
        const other = connect(to, '127.0.0.1')
        socket.pipe(other).pipe(socket)
        for (const [one, peer] of [
          [socket, other],
          [other, socket],
        ] as const) {
          sockets.add(one)
          one.on('error', () => {})
          one.on('close', () => peer.destroy())
        }
      }).listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut()
    },
  }
}
