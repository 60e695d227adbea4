import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { openLine } from './line.ts'
import { openWire } from './wire.ts'

it('a connection that is made while the line is held gets everything once when it is released', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).end('once, and over'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await using line = await openLine((server.address() as AddressInfo).port)
  line.hold()
  const wire = await openWire(line.port)
  await expect.poll(() => line.made).toBe(1)
  line.release()
  await wire.until('over')
  expect(wire.heard).toBe('once, and over')
  wire.cut()
  server.close()
})
