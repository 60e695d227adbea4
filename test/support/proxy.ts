import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './files.ts'

/** A HAProxy of this machine; undefined: there is none. */
export const haproxy = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  .map((folder) => join(folder, 'haproxy'))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** The proxy of the compose file, before servers of this machine. */
export interface RunningProxy extends AsyncDisposable {
  readonly pid: number
  readonly port: number
  /** Where it takes GraphQL. */
  readonly address: string
  /** Waits until it says of one of the servers, 1 or 2, that it is so; what it has said before does not count. */
  hears(server: 1 | 2, is: 'UP' | 'DOWN'): Promise<void>
  /** What it has logged. */
  readonly said: string
}

/**
 * Starts the proxy before servers at these ports, which may come and go there, and waits until it has found one ready.
 * @param connections how many it takes at the most
 */
export async function openProxy(servers: readonly number[], connections = 500): Promise<RunningProxy> {
  const port = await freePort()
  const child = spawn(haproxy as string, ['-db', '-f', join(root, 'deploy/haproxy.cfg')], {
    env: {
      PARLEY_PROXY_BIND: `127.0.0.1:${port}`,
      PARLEY_PROXY_MAXCONN: `${connections}`,
      ...Object.fromEntries(servers.map((server, i) => [`PARLEY_SERVER_${i + 1}`, `127.0.0.1:${server}`])),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let said = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk
      for (const look of [...listeners]) look()
    })
  }
  await ready(`http://127.0.0.1:${port}/livez`, () => {
    if (child.exitCode !== null) throw new Error(`HAProxy does not start: ${said}`)
  })
  return {
    pid: child.pid as number,
    port,
    address: `http://127.0.0.1:${port}/graphql`,
    hears(server, is) {
      const from = said.length
      return new Promise((resolve) => {
        const look = () => {
          if (!said.includes(`Server parley/server-${server} is ${is}`, from)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
      })
    },
    get said() {
      return said
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** It does not say itself when it listens. */
async function ready(address: string, check: () => void): Promise<void> {
  for (;;) {
    check()
    const response = await fetch(address).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.ok) return
    await pause(50)
  }
}

/** A port that nobody has, and that the system gives to nobody who asks for any: for whoever must be found there again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
