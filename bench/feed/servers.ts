import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Transport } from './generator.ts'
import { desk, light, peerDesk } from './operations.ts'
import type { Operation } from './socket.ts'

/** A server that can be started. */
export interface Startable {
  readonly name: string
  readonly script: string
  readonly args?: readonly string[]
  /** Settings that it has beside where its database is. */
  readonly env?: Readonly<Record<string, string>>
}

/** A server that is measured. */
export interface Server extends Startable {
  readonly transport: Transport
  readonly operation: Operation
  /** What is compared with Parley takes so much longer that it joins in every other round only. */
  readonly isPeer?: true
}

const peers = '../peers'
const parley = { script: '../../src/main.ts', transport: 'WebSocket', operation: desk } as const

/** By the name under which the command line knows it. */
export const servers: Readonly<Record<string, Server>> = {
  floor: {
    ...{ name: 'raw `ws`: one prepared message', script: `${peers}/floor.ts` },
    ...{ transport: 'WebSocket', operation: peerDesk },
  },
  socket: {
    ...{ name: 'bare sockets: one prepared frame', script: `${peers}/floor.ts`, args: ['socket'] },
    ...{ transport: 'WebSocket', operation: peerDesk },
  },
  parley: { name: 'Parley, WebSocket', ...parley },
  sse: { name: 'Parley, SSE', ...parley, transport: 'SSE' },
  light: { name: 'Parley, WebSocket, light operation', ...parley, operation: light },
  yoga: {
    ...{ name: 'Yoga + graphql-ws', script: `${peers}/yoga.ts`, isPeer: true },
    ...{ transport: 'WebSocket', operation: peerDesk },
  },
  mercurius: {
    ...{ name: 'Mercurius', script: `${peers}/mercurius.ts`, isPeer: true },
    ...{ transport: 'WebSocket', operation: peerDesk },
  },
  postgraphile: {
    ...{ name: 'PostGraphile 5', script: `${peers}/postgraphile.ts`, isPeer: true },
    ...{ transport: 'WebSocket', operation: peerDesk },
  },
}

export const isParley = ({ script }: Startable) => script === parley.script

/** A server that runs. */
export interface Running {
  readonly pid: number
  readonly port: number
  /** Rejects when it ends by itself. */
  readonly failed: Promise<never>
  end(): Promise<void>
}

/** How long a server may take to start, in milliseconds. */
const START = 60_000

/** Starts a server on a database and waits until it answers. */
export async function startServer(server: Startable, databaseUrl: string): Promise<Running> {
  const script = fileURLToPath(new URL(server.script, import.meta.url))
  const kept = Object.entries(process.env).filter(([name]) => !/^(HOST|PORT|PARLEY_\w+|NODE_OPTIONS)$/.test(name))
  const settings = { NODE_ENV: 'production', PORT: '0', DATABASE_URL: databaseUrl, ...server.env }
  const env = { ...Object.fromEntries(kept), ...settings }
  const args = ['--import', import.meta.resolve('tsx'), script, ...(server.args ?? [])]
  // Peers end when the channel to the benchmark does.
  const stdio: StdioOptions = isParley(server) ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc']
  const child = spawn(nodeFor(server), args, { env, stdio })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let said = ''
  let isWanted = true
  const failed = ended.then(() => {
    if (isWanted) throw new Error(`${server.name} has ended by itself:\n${said}`)
    return new Promise<never>(() => {})
  })
  failed.catch(() => {})
  const listen = (stream: NodeJS.ReadableStream, heard: () => void) =>
    stream.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-10_000)
      heard()
    })
  const port = new Promise<number>((resolve) => {
    const look = () => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)\/graphql/.exec(said)
      if (found) resolve(Number(found[1]))
    }
    listen(child.stdout as NonNullable<ChildProcess['stdout']>, look)
    listen(child.stderr as NonNullable<ChildProcess['stderr']>, () => {})
  })
  const late = setTimeout(() => child.kill('SIGKILL'), START)
  const answered = await Promise.race([port, failed]).finally(() => clearTimeout(late))
  return {
    pid: child.pid as number,
    port: answered,
    failed,
    end() {
      isWanted = false
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** PostGraphile 5 needs Node 22, which its installation brings. */
function nodeFor({ script }: Startable): string {
  const brought = fileURLToPath(new URL(`../node_modules/node-linux-${process.arch}/bin/node`, import.meta.url))
  const isOld = Number.parseInt(process.versions.node, 10) < 22
  return isOld && /postgraphile\.ts$/i.test(script) && existsSync(brought) ? brought : process.execPath
}
