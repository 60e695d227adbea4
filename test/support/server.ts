import { readConfig } from '../../src/config.ts'
import { type Feed, type FeedOptions, openFeed } from '../../src/feed/feed.ts'
import { databaseAt, openDatabase } from '../../src/store/database.ts'
import { openReplica } from '../../src/store/replica.ts'
import type { Identify } from '../../src/transport/identify.ts'
import { type ListenOptions, listen } from '../../src/transport/server.ts'
import { admin } from './author.ts'
import { withoutNotices } from './silence.ts'

export interface ServerSettings
  extends Partial<Pick<FeedOptions, 'heartbeatMs' | 'stallMs' | 'pollMs' | 'onConnection'>>,
    Partial<Pick<ListenOptions, 'trustedProxies' | 'origins' | 'limits' | 'isFree' | 'documents' | 'patience'>> {
  readonly drainMs?: number
  /** Who asks; unless told, whoever may do everything. */
  readonly identify?: Identify
  readonly maxCost?: number
  readonly hidesSchema?: boolean
  /** A standby for reading. */
  readonly replicaUrl?: string
  /** Where metrics are served apart. */
  readonly metrics?: { readonly host: string; readonly port: number }
  /** No commit of its own notifies anybody. */
  readonly isSilent?: boolean
}

/** A server as main opens it, in this process, over a test's record. */
export interface TestServer extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly feed: Feed
  readonly metricsPort: number | undefined
  /** Tells it that it is to stop, as a signal does. */
  leave(): void
  /** What it logged as going wrong. */
  readonly errors: unknown[]
  /** Stops it as main does; again: nothing. */
  close(): Promise<void>
}

/**
 * Starts a server on a free port. Unless told, nothing happens by the clock: it beats, polls and gives up on nobody
 * within a test's time.
 */
export async function openServer(record: { readonly url: string }, settings: ServerSettings = {}): Promise<TestServer> {
  const {
    drainMs = 2000,
    identify = () => admin,
    isSilent = false,
    metrics,
    maxCost = readConfig({}).maxCost,
    hidesSchema = false,
    replicaUrl,
    trustedProxies = [],
    origins = [],
    limits = readConfig({}).limits,
    // All of a file's tests come from one address.
    isFree = () => settings.limits === undefined,
    documents,
    patience = {},
    ...given
  } = settings
  const errors: unknown[] = []
  const opened = await openDatabase({ url: record.url })
  const database = isSilent ? { ...opened, pool: withoutNotices(opened) } : opened
  const { pool, url } = database
  const feed = await openFeed({ heartbeatMs: 60_000, stallMs: 60_000, pollMs: 60_000, ...given, pool, url })
  const replica = replicaUrl === undefined ? undefined : await openReplica({ url: replicaUrl, onState: () => {} })
  const reading = databaseAt({ url })
  const services = { database, reading, replica, feed, now: () => new Date(), maxCost, hidesSchema }
  const log = (error: unknown) => errors.push(error)
  const leave = new AbortController()
  const pollMs = given.pollMs ?? 60_000
  const server = await listen(services, {
    ...{ host: '127.0.0.1', port: 0, drainMs, log, identify, pollMs, leaving: leave.signal },
    ...{ trustedProxies, origins, limits, isFree, documents, patience },
    ...(metrics && { metrics }),
  })
  let closing: Promise<void> | undefined
  const stop = async () => {
    await server.close()
    await feed.close(0)
    await reading.close()
    await replica?.close()
    await database.close()
  }
  const close = () => (closing ??= stop())
  return {
    port: server.port,
    url: `http://127.0.0.1:${server.port}/graphql`,
    feed,
    metricsPort: server.metricsPort,
    leave: () => leave.abort(),
    errors,
    close,
    [Symbol.asyncDispose]: close,
  }
}
