import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The wire between clients and a server, in the test's hand. */
export interface Line extends AsyncDisposable {
  readonly port: number
  /** How many connections were made over it. */
  readonly made: number
  /** Connections from now on go to this port. */
  reroute(port: number): void
  /** Cuts every connection. */
  cut(): void
  /** Takes nothing more from the server: its clients have stalled. */
  hold(): void
  /** Lets what was held through. */
  release(): void
}

export async function openLine(port: number): Promise<Line> {
  let target = port
  let made = 0
  let held = false
  const pairs = new Set<{ near: Socket; far: Socket }>()
  const server = createServer((near) => {
    made++
    const far = connect(target, '127.0.0.1')
    const pair = { near, far }
    pairs.add(pair)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy())
    far.on('close', () => {
      pairs.delete(pair)
      near.destroy()
    })
    near.pipe(far)
    // Piped now and again when it is released, everything would come twice.
    if (held) far.pause()
    else far.pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const { near, far } of [...pairs]) {
      near.destroy()
      far.destroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    get made() {
      return made
    },
    reroute(to) {
      target = to
    },
    cut,
    hold() {
      if (held) return
      held = true
      for (const { far, near } of pairs) far.unpipe(near).pause()
    },
    release() {
      if (!held) return
      held = false
      for (const { far, near } of pairs) far.pipe(near)
    },
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
