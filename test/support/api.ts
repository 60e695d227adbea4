import { type ExecutionResult, parse, validate } from 'graphql'
import { readConfig } from '../../src/config.ts'
import { type Feed, openFeed } from '../../src/feed/feed.ts'
import { operate } from '../../src/schema/operate.ts'
import { schema } from '../../src/schema/schema.ts'
import { admin, tester } from './author.ts'
import { openRecord, openSeedRecord, type Record } from './record.ts'

/** A record and the API over it, without sockets. */
export interface Api extends AsyncDisposable {
  readonly record: Record
  readonly feed: Feed
  /** Executes an operation as the transports do. */
  execute(query: string, variables?: object): Promise<ExecutionResult>
  /** Executes an operation that must succeed, and gives its data as plain JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what the test's own query asks for
  ask(query: string, variables?: object): Promise<any>
  /** Executes an operation that must fail, and gives its messages. */
  refused(query: string, variables?: object): Promise<string[]>
}

export async function openApi(opened?: Record): Promise<Api> {
  const record = opened ?? (await openRecord())
  const { database } = record
  const feed = await openFeed({
    pool: database.pool,
    url: database.url,
    pollMs: 60_000,
    heartbeatMs: 60_000,
    stallMs: 60_000,
  })
  const now = () => new Date('2024-01-01T00:00:00Z')
  const services = { database, feed, now, maxCost: readConfig({}).maxCost, scope: admin.scope, author: tester }
  async function execute(query: string, variables: object = {}): Promise<ExecutionResult> {
    const document = parse(query)
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    return operate({ schema, document, variableValues: { ...variables }, contextValue: services })
  }
  return {
    record,
    feed,
    execute,
    async ask(query, variables) {
      const { data, errors } = await execute(query, variables)
      if (errors)
        throw new Error(errors.map(({ message, originalError }) => originalError?.stack ?? message).join('\n'))
      return JSON.parse(JSON.stringify(data))
    },
    async refused(query, variables) {
      const { errors = [] } = await execute(query, variables)
      return errors.map(({ message }) => message)
    },
    async [Symbol.asyncDispose]() {
      await feed.close(0)
      await record[Symbol.asyncDispose]()
    },
  }
}

/** The API over the first record. */
export async function openSeededApi(): Promise<Api> {
  return openApi(await openSeedRecord())
}
