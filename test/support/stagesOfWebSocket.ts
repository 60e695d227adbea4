import { LIGHT } from './follower.ts'
import { HEAVY } from './heavy.ts'
import { openRawSocket, type RawSocket } from './rawSocket.ts'
import { areGone, areLive, areParked, type Stage } from './stage.ts'
import { openWire } from './wire.ts'

const subscribe = (query: string, id = 'a', variables = {}) => ({
  ...{ type: 'subscribe', id },
  payload: { query, variables },
})

async function acknowledged(port: number): Promise<RawSocket> {
  const socket = await openRawSocket(port)
  socket.send({ type: 'connection_init' })
  await socket.next()
  return socket
}

/** Reads on to an item that says so, of every one of the subscriptions. */
async function reach(socket: RawSocket, words: string, ids = ['a']): Promise<void> {
  const missing = new Set(ids)
  while (missing.size > 0) {
    const message = await socket.next()
    if (JSON.stringify(message).includes(words)) missing.delete(message.id as string)
  }
}

async function live(port: number, ids = ['a']): Promise<RawSocket> {
  const socket = await acknowledged(port)
  for (const id of ids) socket.send(subscribe(LIGHT, id))
  await reach(socket, 'CAUGHT_UP', ids)
  return socket
}

const cutting = (socket: RawSocket) => () => socket[Symbol.dispose]()

/** How far a client comes over WebSocket. */
export const stagesOfWebSocket: readonly Stage[] = [
  {
    name: 'in the middle of the upgrade',
    async come(port) {
      const wire = await openWire(port)
      wire.send('GET /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n')
      return wire.cut
    },
  },
  { name: 'upgraded', come: async (port) => cutting(await openRawSocket(port)) },
  {
    name: 'before it is acknowledged',
    async come(port) {
      const socket = await openRawSocket(port)
      socket.send({ type: 'connection_init' })
      return cutting(socket)
    },
  },
  {
    name: 'as soon as it has subscribed',
    async come(port, after) {
      const socket = await acknowledged(port)
      socket.send(subscribe(LIGHT, 'a', { after }))
      return cutting(socket)
    },
  },
  {
    name: 'in the middle of the replay',
    async come(port, after) {
      const socket = await acknowledged(port)
      socket.send(subscribe(HEAVY, 'a', { after }))
      await reach(socket, '"position":1,')
      return cutting(socket)
    },
  },
  { name: 'live', come: async (port) => cutting(await live(port)), stands: areLive },
  { name: 'live, with a goodbye', come: async (port) => (await live(port)).close, stands: areLive },
  {
    name: 'parked',
    async come(port, after) {
      const socket = await acknowledged(port)
      socket.send(subscribe(HEAVY, 'a', { after }))
      socket.pause()
      return cutting(socket)
    },
    stands: areParked,
  },
  {
    name: 'after its subscription',
    async come(port) {
      const socket = await live(port)
      socket.send({ type: 'complete', id: 'a' })
      return cutting(socket)
    },
    stands: areGone,
  },
  {
    name: 'after one of its two subscriptions',
    async come(port) {
      const socket = await live(port, ['a', 'b'])
      socket.send({ type: 'complete', id: 'b' })
      return cutting(socket)
    },
    stands: areLive,
  },
]
