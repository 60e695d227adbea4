import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Config, ConfigError, isLoopback, readConfig } from './config.ts'
import { openFeed } from './feed/feed.ts'
import { ingestDocuments } from './ingest/batch.ts'
import { readDocuments } from './ingest/reader.ts'
import { openReleaser } from './ingest/releaser.ts'
import { refusalLine } from './ingest/summary.ts'
import { onInterrupt } from './interrupt.ts'
import { type Log, openLog } from './log/log.ts'
import { listApiKeys, matchApiKey, noteApiKeyUse } from './store/apiKey.ts'
import { type Database, databaseAt } from './store/database.ts'
import { openStore } from './store/open.ts'
import { isEmpty } from './store/record.ts'
import { openReplica } from './store/replica.ts'
import { StartupError } from './store/startupError.ts'
import { isUnavailable } from './store/unavailable.ts'
import type { Caller } from './transport/caller.ts'
import { identification } from './transport/identify.ts'
import { type Keyring, type KeyStore, openKeyring } from './transport/keyring.ts'
import { type ListenOptions, listen } from './transport/server.ts'
import { openTokens } from './transport/token.ts'
import { readOwnDocuments, readTrusted } from './transport/trustedFile.ts'

const seed = fileURLToPath(new URL('../seed/armenia-azerbaijan', import.meta.url))

// Where `npm run build:dashboard` puts it.
const dashboard = fileURLToPath(new URL('../dist/dashboard', import.meta.url))

const now = () => new Date()

// A terminal that was closed, or a pipe that nobody reads, is no reason to leave without closing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  const config = readConfig(process.env)
  const { stdout, stderr } = process
  const isCollected = process.env.NODE_ENV === 'production' && !stdout.isTTY
  await main(config, openLog({ level: config.logLevel, form: isCollected ? 'json' : 'readable', stdout, stderr }))
} catch (error) {
  if (!(error instanceof StartupError || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** Opens everything, says where to look, and closes it in reverse order when it is told to stop. */
async function main(config: Config, log: Log): Promise<void> {
  const { say } = log
  const stop = new AbortController()
  onInterrupt(
    (signal) => {
      say(`Stopping (${signal}) …`)
      stop.abort()
    },
    () => say('Still closing; Ctrl-C ends it at once'),
  )
  const opened: (() => Promise<void>)[] = []
  try {
    if (config.hasTraces) opened.push(await beginTraces(log))
    const store = await openStore({ ...config, log: say })
    opened.push(store.close)
    const { database } = store
    if (stop.signal.aborted) return
    if (await isEmpty(database.pool)) await loadSeed(database, log)
    const feed = await openFeed({
      ...config,
      pool: database.pool,
      url: database.url,
      onConnection: (state, error) => {
        if (state === 'lost') log.warn(`The feed lost its connection to PostgreSQL (${error?.message}); coming back`)
      },
    })
    opened.push(() => feed.close(0))
    if (stop.signal.aborted) return
    const reading = databaseAt({ url: database.url })
    opened.push(reading.close)
    const replica = await openStandby(config, log)
    if (replica) opened.push(replica.close)
    const releaser = await openReleaser({ ...config, pool: database.pool, now, onRelease: feed.look, log: log.error })
    opened.push(releaser.close)
    const documents =
      config.documentsFile === undefined
        ? undefined
        : new Map([...readOwnDocuments(dashboard), ...readTrusted(config.documentsFile)])
    const { identify, isOpen, keyring } = await openIdentify(database, config, log)
    opened.push(keyring.close)
    const { maxCost, hidesSchema } = config
    // Where nothing is configured, whoever is on this machine may do everything, and is held to no limit either.
    const isFree = ({ isLocal }: Caller) => isLocal && isOpen()
    const services = { database, reading, replica, feed, now, maxCost, hidesSchema }
    const server = await listenOrSay(services, config, { documents, identify, isFree, log, leaving: stop.signal })
    opened.push(server.close)
    if (stop.signal.aborted) return
    const address = `http://${hostInAddress(config.host)}:${server.port}`
    say('Parley is ready.', {
      Dashboard: `${address}/`,
      GraphiQL: `${address}/graphql`,
      GraphQL: `${address}/graphql (POST, GET; subscriptions as text/event-stream)`,
      Subscriptions: `${address.replace('http', 'ws')}/graphql (graphql-transport-ws)`,
      Feed: `${address}/feed (an event stream, for EventSource)`,
      Export: `${address}/export (NDJSON to ingest elsewhere, ?format=csv for spreadsheets)`,
      Operator: `${address}/operator (which followers lag)`,
      ...(config.metrics && { Metrics: `http://${hostInAddress(config.metrics.host)}:${server.metricsPort}/metrics` }),
    })
    say(whoMayWrite(config, keyring))
    say('Ctrl-C stops it.')
    await once(stop.signal, 'abort')
    // Whoever asks /readyz is told to go elsewhere; until then it is served.
    await pause(config.leaveMs)
  } finally {
    for (const close of opened.reverse()) {
      await close().catch((error) => {
        log.error(error)
        process.exitCode = 1
      })
    }
  }
}

/** Only where traces are sent somewhere is loaded what sends them. */
async function beginTraces({ error }: Log): Promise<() => Promise<void>> {
  const { openTraces } = await import('./traces.ts')
  const { close } = await openTraces({ log: error })
  return close
}

/** The standby that is asked what can be asked of it, if one is set. */
async function openStandby({ replicaUrl }: Config, { say, warn }: Log) {
  if (replicaUrl === undefined) return undefined
  return openReplica({
    url: replicaUrl,
    onState: (state, error) => {
      if (state === 'here') say('Queries are asked of the replica, as far as it has come')
      else warn(`The replica cannot be asked (${error?.message}): queries go to DATABASE_URL until it can`)
    },
  })
}

/** What a browser on this machine can open. */
function hostInAddress(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Who is known here, by keys and by tokens; without either, this machine alone may write, if nothing else reaches it. */
async function openIdentify({ pool }: Database, { host, pollMs, publicRead, tokens }: Config, log: Log) {
  const store: KeyStore = {
    match: (text) => matchApiKey(pool, text),
    list: () => listApiKeys(pool),
    noteUse: (ids) => noteApiKeyUse(pool, ids, now()),
  }
  const keyring = await openKeyring({
    ...{ store, now, pollMs },
    // That the database is away is said by the feed, not at every look.
    log: (error) => isUnavailable(error) || log.error(error),
  })
  const isConfigured = tokens !== undefined || publicRead !== undefined || !isLoopback(host)
  const isOpen = () => !isConfigured && keyring.isEmpty
  const identify = identification({
    credentials: [keyring, ...(tokens ? [openTokens({ ...tokens, now, log: log.error })] : [])],
    isPublic: publicRead ?? true,
    isOpen,
  })
  return { identify, isOpen, keyring }
}

function whoMayWrite({ host, publicRead, tokens }: Config, keyring: Keyring): string {
  if (!keyring.isEmpty || tokens) return 'Writing takes a key or a token with a role for it.'
  if (isLoopback(host) && publicRead === undefined)
    return 'Whoever is on this machine may write, until you make a key: npm run keys'
  return 'Nobody may write until you make a key: npm run keys -- add --role DESK --label NAME'
}

async function listenOrSay(
  services: Parameters<typeof listen>[0],
  config: Config,
  { log, ...given }: Pick<ListenOptions, 'documents' | 'identify' | 'isFree' | 'leaving'> & { readonly log: Log },
) {
  try {
    const onRequest = log.hasRequests ? log.request : undefined
    return await listen(services, { ...config, ...given, dashboard, log: log.error, onRequest })
  } catch (error) {
    const { code, message, port = config.port } = error as NodeJS.ErrnoException & { readonly port?: number }
    const isOfMetrics = port !== config.port && port === config.metrics?.port
    const host = isOfMetrics ? config.metrics?.host : config.host
    const names = isOfMetrics ? ['PARLEY_METRICS_HOST', 'PARLEY_METRICS_PORT'] : ['HOST', 'PORT']
    if (code === 'EADDRINUSE') {
      throw new StartupError(
        `Port ${port} of ${host} is in use: stop what listens there, or choose another with ${names[1]}=4001`,
      )
    }
    if (code === undefined) throw error
    throw new StartupError(
      `Parley cannot listen on ${host}:${port} (${message}): choose others with ${names.join(' and ')}`,
    )
  }
}

async function loadSeed({ pool }: Database, { say }: Log): Promise<void> {
  if (!existsSync(seed)) return
  say('The record is empty: loading the Armenia–Azerbaijan process')
  await ingestDocuments(readDocuments([seed], { stdin: process.stdin }), {
    pool,
    now,
    author: { name: 'npm start', address: hostname() },
    onOutcome(outcome) {
      if (!('problems' in outcome)) return
      const lines = outcome.problems.map((problem) => refusalLine(outcome.source, problem))
      throw new StartupError(`${lines.join('\n')}\nThe seed was refused: mend it, then npm run ingest -- ${seed}`)
    },
  })
}
