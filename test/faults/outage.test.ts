import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { write } from '../../src/store/pen.ts'
import { ask } from '../support/ask.ts'
import { tester } from '../support/author.ts'
import { type Command, start } from '../support/command.ts'
import { type Fleet, type Member, openFleet } from '../support/fleet.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { LIGHT, type Refused, SUBSCRIPTION, transports } from '../support/follower.ts'
import { expectMasked } from '../support/masked.ts'
import { keepHappening } from '../support/news.ts'
import { type OwnPostgres, openOwnPostgres } from '../support/ownPostgres.ts'
import { expectReceived } from '../support/received.ts'
import { expectRecorded, refsOf, swaps } from '../support/recorded.ts'
import { processDocument } from '../support/sample.ts'
import { type Answer, submitUntilTaken } from '../support/submit.ts'

let postgres: OwnPostgres
let store: Store
let folder: Folder
let fleet: Fleet
let server: Member
const commands: Command[] = []
beforeAll(async () => {
  folder = await makeFolder()
  postgres = await openOwnPostgres()
  store = await openStore({ databaseUrl: postgres.url, dataDir: folder.path })
  await write(store.database.pool, { now: new Date(), author: tester }, (pen) =>
    acceptProcess(pen, readProcess(processDocument)),
  )
  fleet = openFleet(postgres.url)
  server = await fleet.start()
}, 90_000)
afterAll(async () => {
  for (const { child } of commands) child.kill('SIGKILL')
  await fleet?.[Symbol.asyncDispose]()
  await store?.close()
  await postgres?.[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
}, 60_000)

interface Reply {
  readonly errors?: readonly Refused[]
}

const queries = [
  '{ developments(first: 2) { totalCount nodes { ref citations { locator } } } }',
  '{ feed(first: 2) { nodes { position development { headline } } } }',
  '{ exchanges(first: 2) { totalCount nodes { ref legs { key } } } }',
]

/** The replies to all queries, by HTTP and over a WebSocket. */
async function askAll(): Promise<Reply[]> {
  const client = createClient({
    url: server.address.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  })
  const bySocket = queries.map(async (query) => (await client.iterate({ query }).next()).value as Reply)
  const replies = await Promise.all([...bySocket, ...queries.map((query) => ask<unknown>(server.address, query))])
  await client.dispose()
  return replies
}

/** npm run ingest, of as many documents as it takes several batches for. */
async function ingestOf(documents: readonly object[]): Promise<() => Command> {
  const text = documents.map((document) => `${JSON.stringify(document)}\n`).join('')
  const file = await folder.write(`${commands.length}.ndjson`, text)
  return () => {
    const command = start('cli/ingest', [file], { env: { DATABASE_URL: postgres.url } })
    commands.push(command)
    return command
  }
}

async function head(): Promise<number> {
  return (await store.database.pool.query<{ position: number }>('select position from "Head"')).rows[0]?.position ?? 0
}

it.each([
  { what: 'stopped for ten seconds', end: () => postgres.stop(), forMs: 10_000 },
  { what: 'killed with -9', end: () => postgres.kill(), forMs: 0 },
])(
  'F2 F3 PostgreSQL $what under load: queries fail masked, nothing is half written, what was answered as accepted stays, and followers catch up',
  async ({ what, end, forMs }) => {
    const before = await head()
    const follow = (query: string, after?: string) =>
      transports.map(({ follow }) => follow(server.port, { after, query, comesBack: true, waitMs: 100 }))
    const followers = [...follow(LIGHT), ...follow(SUBSCRIPTION)]
    for (const follower of followers) await follower.state('CAUGHT_UP')
    const from = followers[0]?.items[0]?.cursor

    const name = what.split(' ')[0] as string
    const sent: { dispatch: object; answers: Answer[] }[] = []
    const writers = Array.from({ length: 4 }, (_, writer) =>
      keepHappening(async (round) => {
        const dispatch = swaps(`${name}-${writer}-${round}`)
        sent.push({ dispatch, answers: await submitUntilTaken(() => server.address, dispatch) })
      }),
    )
    const documents = Array.from({ length: 400 }, (_, i) => swaps(`${name}-file-${i + 1}`, 1))
    const ingest = await ingestOf(documents)
    const running = ingest()
    // Its third batch is under way then, or it is just about to hear of its second one.
    const second = documents.slice(100, 200).flatMap(refsOf)
    await followers[0]?.waitFor(({ ref }) => second.includes(ref ?? ''))

    await end()
    const ended = performance.now()
    for (const { errors } of await askAll()) expectMasked(errors)
    // Who comes while it is away.
    followers.push(...follow(LIGHT, from))
    let isBack = false
    const back = pause(forMs)
      .then(postgres.start)
      .then(() => {
        isBack = true
      })
    while (!isBack) {
      for (const { errors } of await askAll()) if (errors) expectMasked(errors)
      await pause(100)
    }
    await back
    expect(performance.now() - ended).toBeGreaterThanOrEqual(forMs)

    const already = await head()
    await expect.poll(head, { timeout: 30_000 }).toBeGreaterThan(already + 20)
    for (const writer of writers) await writer.stop()
    for (const { answers } of sent) {
      for (const answer of answers) {
        if (answer.how === 'failed') expectMasked(answer.errors)
        else expect(answer.how).not.toBe('unanswered')
      }
    }
    expect(sent.some(({ answers }) => answers.length > 1)).toBe(true)

    const failed = await running.finish()
    expect(failed.code).toBe(1)
    expect(failed.stderr).toMatch(/^A batch of 100 failed at \S+ .*Run it again\.\n$/)
    const taken = Number(/^(\d+) documents: \1 accepted, 0 unchanged, 0 refused\n/.exec(failed.stdout)?.[1])
    expect([100, 200, 300]).toContain(taken)
    const again = await ingest().finish()
    expect(again.code).toBe(0)
    const [, accepted, unchanged] = /^400 documents: (\d+) accepted, (\d+) unchanged/.exec(again.stdout) ?? []
    expect(Number(accepted) + Number(unchanged)).toBe(documents.length)
    // One more batch is there if what failed was to hear of its commit.
    expect([taken, taken + 100]).toContain(Number(unchanged))

    const written = [...sent.map(({ dispatch }) => dispatch), ...documents]
    const refs = await expectRecorded(store.database.pool, written, before)
    for (const follower of followers) {
      await expectReceived(follower, refs, before)
      if (follower.errors.length > 0) expectMasked(follower.errors)
      follower.stop()
    }
  },
  120_000,
)
