import { once } from 'node:events'
import { connect as connectTo, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import type { Message } from '../../src/feed/message.ts'
import { operationId, writeFrames } from '../../src/transport/frames.ts'

const message = (payload: unknown): Message => ({ position: 1, tag: '', bytes: Buffer.from(JSON.stringify(payload)) })
// On both sides of each way in which a frame tells its length.
const payloads = [1, 60, 125, 126, 200, 65_400, 65_600, 300_000].map((size) => ({ text: 'ä'.repeat(size / 2) }))

describe('frames', () => {
  let sockets: WebSocketServer
  beforeEach(async () => {
    sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(sockets, 'listening')
  })
  afterEach(() => {
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  })

  /** A client, and the server's socket beneath it. */
  async function connect(): Promise<{
    client: WebSocket
    socket: Socket
    received: (count: number) => Promise<unknown[]>
  }> {
    const { port } = sockets.address() as { port: number }
    const under = new Promise<Socket>((resolve) => sockets.once('connection', (_, request) => resolve(request.socket)))
    const client = new WebSocket(`ws://127.0.0.1:${port}`)
    const seen: unknown[] = []
    client.on('message', (data: RawData) => seen.push(JSON.parse(String(data))))
    const received = async (count: number) => {
      await expect.poll(() => seen.length, { timeout: 5000 }).toBe(count)
      return seen
    }
    return { client, socket: await under, received }
  }

  it('carry every message of a batch, of whatever size, with the id of each client', async () => {
    const batch = payloads.map(message)
    const ids = [
      '1',
      'b0f8d1c2-1111-4222-8333-444455556666',
      '"quoted\\"',
      'čiž',
      'b0f8d1c2-9999-4222-8333-444455556666',
    ]
    const clients: Awaited<ReturnType<typeof connect>>[] = []
    for (const _ of ids) clients.push(await connect())
    // In turn, twice: what is shared must tell each its own.
    for (let time = 0; time < 2; time++) {
      clients.forEach(({ socket }, i) => {
        writeFrames(socket, batch, operationId(ids[i] as string))
      })
    }
    for (const [i, { received }] of clients.entries()) {
      const once = payloads.map((payload) => ({ id: ids[i], type: 'next', payload }))
      expect(await received(2 * batch.length)).toEqual([...once, ...once])
    }
  })

  it('that a full socket still holds are not changed by what the next one is sent', async () => {
    const slow = await connect()
    const fast = await connect()
    slow.client.pause()
    const batch = [message({ text: 'x'.repeat(200_000) })]
    const many = 60
    for (let i = 0; i < many; i++) {
      writeFrames(slow.socket, batch, operationId('slow'))
      writeFrames(fast.socket, batch, operationId('fast'))
    }
    expect(slow.socket.writableLength).toBeGreaterThan(0)
    slow.client.resume()
    for (const [{ received }, id] of [
      [slow, 'slow'],
      [fast, 'fast'],
    ] as const) {
      expect(new Set((await received(many)).map((m) => (m as { id: string }).id))).toEqual(new Set([id]))
    }
  })

  it('go to the kernel in one write, whatever there is to send', async () => {
    const { socket, received } = await connect()
    const writes: number[] = []
    const write = socket.write.bind(socket)
    socket.write = ((bytes: Buffer) => {
      writes.push(bytes.byteLength)
      return write(bytes)
    }) as typeof socket.write
    writeFrames(socket, payloads.map(message), operationId('1'))
    await received(payloads.length)
    expect(writes).toHaveLength(1)
  })
})

it('are whole: a server that only forwards bytes needs nothing else', async () => {
  const server = createServer((socket) => {
    writeFrames(socket, [message({ a: 1 })], operationId('1'))
    socket.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const chunks: Buffer[] = []
  for await (const chunk of connectTo((server.address() as { port: number }).port, '127.0.0.1')) chunks.push(chunk)
  server.close()
  const text = '{"id":"1","type":"next","payload":{"a":1}}'
  expect(Buffer.concat(chunks)).toEqual(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]))
})
