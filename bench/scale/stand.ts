import { openProxy, type RunningProxy } from '../../test/support/proxy.ts'
import { openReplicaOf, type Replica } from '../../test/support/replica.ts'
import { type Running, type Startable, startServer } from '../feed/servers.ts'
import type { Layout } from './layout.ts'
import { postmasterOf, type Records } from './records.ts'
import type { Users } from './usage.ts'

/** Servers, and what stands before and behind them, while they are measured. */
export interface Stand {
  /** Where clients find them. */
  readonly port: number
  /** The address of their record. */
  readonly url: string
  readonly users: Users
  /** Rejects when a server ends by itself. */
  readonly failed: Promise<never>
  close(): Promise<void>
}

/** Connections to the proxy beside those of followers. */
const SPARE = 1000

/**
 * One machine asks for all: behind a proxy its clients have one address between them, and the limits of one address are
 * not what is measured.
 */
const MANY = '10000000'
const SETTINGS = {
  PARLEY_TRUSTED_PROXIES: 'loopback',
  ...{ PARLEY_RATE_READS: MANY, PARLEY_RATE_SUBSCRIBES: MANY },
  ...{ PARLEY_MAX_CONNECTIONS_EACH: MANY, PARLEY_MAX_SUBSCRIPTIONS: MANY },
}

/** Opens a stand on a record of its own. */
export async function openStand(layout: Layout, records: Records, followers: number): Promise<Stand> {
  const running: Running[] = []
  let replica: Replica | undefined
  let proxy: RunningProxy | undefined
  const close = async () => {
    await proxy?.[Symbol.asyncDispose]()
    await Promise.all(running.map((server) => server.end()))
    await replica?.[Symbol.asyncDispose]()
    await records.drop()
  }
  try {
    const url = await records.copy()
    if (layout.hasReplica) replica = await openReplicaOf(url)
    const env = { ...SETTINGS, ...(replica && { PARLEY_REPLICA_URL: replica.url }) }
    const server: Startable = { name: 'Parley', script: '../../src/main.ts', env }
    for (let i = 0; i < layout.processes; i++) running.push(await startServer(server, url))
    const ports = running.map(({ port }) => port)
    const failed = Promise.race(running.map((server) => server.failed))
    failed.catch(() => {})
    if (layout.hasProxy) proxy = await openProxy(ports, followers + SPARE)
    return {
      port: proxy?.port ?? (ports[0] as number),
      url,
      users: {
        servers: running.map(({ pid }) => pid),
        proxy: proxy?.pid,
        primary: records.postmaster,
        replica: replica && (await postmasterOf(replica.url)),
      },
      failed,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
