import { LIGHT } from './follower.ts'
import { HEAVY } from './heavy.ts'
import { areLive, areParked, type Stage } from './stage.ts'
import { openWire, type Wire } from './wire.ts'

const post = (body: string) =>
  `POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
const asked = (query: string, variables = {}) => post(JSON.stringify({ query, variables }))

/** Sends something, and waits for words. */
async function exchanged(port: number, text: string, words?: string): Promise<Wire> {
  const wire = await openWire(port)
  wire.send(text)
  if (words !== undefined) await wire.until(words)
  return wire
}

/** How far a client comes over SSE, the plain feed included. */
export const stagesOfSse: readonly Stage[] = [
  { name: 'in the middle of the head', come: async (port) => (await exchanged(port, asked(LIGHT).slice(0, 40))).cut },
  { name: 'in the middle of the body', come: async (port) => (await exchanged(port, asked(LIGHT).slice(0, -9))).cut },
  {
    name: 'before the head of the response',
    come: async (port, after) => (await exchanged(port, asked(LIGHT, { after }))).cut,
  },
  {
    name: 'as soon as it is open',
    come: async (port, after) => (await exchanged(port, asked(LIGHT, { after }), '\r\n\r\n')).cut,
  },
  {
    name: 'in the middle of the replay',
    come: async (port, after) => (await exchanged(port, asked(HEAVY, { after }), '"position":1,')).cut,
  },
  { name: 'live', come: async (port) => (await exchanged(port, asked(LIGHT), 'CAUGHT_UP')).cut, stands: areLive },
  {
    name: 'live, with a goodbye',
    come: async (port) => (await exchanged(port, asked(LIGHT), 'CAUGHT_UP')).end,
    stands: areLive,
  },
  {
    name: 'parked',
    async come(port, after) {
      const wire = await exchanged(port, asked(HEAVY, { after }))
      wire.pause()
      return wire.cut
    },
    stands: areParked,
  },
  {
    name: 'live on the plain feed',
    come: async (port) => (await exchanged(port, 'GET /feed HTTP/1.1\r\nhost: localhost\r\n\r\n', 'CAUGHT_UP')).cut,
    stands: areLive,
  },
  {
    name: 'before the head of the plain feed',
    come: async (port) => (await exchanged(port, 'GET /feed?last=9 HTTP/1.1\r\nhost: localhost\r\n\r\n')).cut,
  },
]
