import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Config, ConfigError, readConfig } from './config.ts'
import { openFeed } from './feed/feed.ts'
import { ingestDocuments } from './ingest/batch.ts'
import { readDocuments } from './ingest/reader.ts'
import type { Database } from './store/database.ts'
import { openStore } from './store/open.ts'
import { isEmpty } from './store/record.ts'
import { StartupError } from './store/startupError.ts'
import { listen } from './transport/server.ts'

const seed = fileURLToPath(new URL('../seed/armenia-azerbaijan', import.meta.url))

const say = (line: string) => console.log(line)
const now = () => new Date()

try {
  await main(readConfig(process.env))
} catch (error) {
  if (!(error instanceof StartupError || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** Opens everything, says where to look, and closes it in reverse order when it is told to stop. */
async function main(config: Config): Promise<void> {
  const stopping = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
  const opened: (() => Promise<void>)[] = []
  try {
    const store = await openStore({ ...config, log: say })
    opened.push(store.close)
    const { database } = store
    if (await isEmpty(database.pool)) await loadSeed(database)
    const feed = await openFeed({
      ...config,
      pool: database.pool,
      url: database.url,
      onConnection: (state, error) => {
        if (state === 'lost')
          console.error(`The feed lost its connection to PostgreSQL (${error?.message}); coming back`)
      },
    })
    opened.push(() => feed.close(0))
    const server = await listenOrSay({ database, feed, now }, config)
    opened.push(server.close)
    const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${server.port}`
    say(`Parley is ready.
  GraphiQL       ${address}/graphql
  GraphQL        ${address}/graphql (POST, GET; subscriptions as text/event-stream)
  Subscriptions  ${address.replace('http', 'ws')}/graphql (graphql-transport-ws)
Ctrl-C stops it.`)
    say(`Stopping (${await stopping}) …`)
    // The second Ctrl-C finds no listener left and ends the process.
  } finally {
    const failures: unknown[] = []
    for (const close of opened.reverse()) await close().catch((error) => failures.push(error))
    for (const failure of failures) console.error(failure)
  }
}

async function listenOrSay(services: Parameters<typeof listen>[0], { host, port, drainMs }: Config) {
  try {
    return await listen(services, { host, port, drainMs, log: (error) => console.error(error) })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new StartupError(
        `Port ${port} of ${host} is in use: stop what listens there, or choose another with PORT=4001`,
      )
    }
    if (code === undefined) throw error
    throw new StartupError(`Parley cannot listen on ${host}:${port} (${message}): choose others with HOST and PORT`)
  }
}

async function loadSeed({ pool }: Database): Promise<void> {
  if (!existsSync(seed)) return
  say('The record is empty: loading the Armenia–Azerbaijan process')
  await ingestDocuments(readDocuments([seed], { stdin: process.stdin }), {
    pool,
    now,
    onOutcome: (outcome) => {
      if ('problems' in outcome) throw new Error(`The seed was refused: ${JSON.stringify(outcome)}`)
    },
  })
}
