import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { findPostmaster, stopPostmaster } from '../src/store/embeddedProcess.ts'
import { ask } from './support/ask.ts'
import { type Command, start } from './support/command.ts'
import { createDatabase } from './support/database.ts'
import { type Folder, makeFolder } from './support/folder.ts'
import { byWebSocket, LIGHT } from './support/follower.ts'
import { type Parley, startParley } from './support/parley.ts'

let folder: Folder
let started: Command[]
beforeEach(async () => {
  folder = await makeFolder()
  started = []
})
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  const left = await findPostmaster(join(folder.path, 'postgres'))
  if (left) await stopPostmaster(join(folder.path, 'postgres'), left, 10_000)
  await folder[Symbol.asyncDispose]()
})

async function open(env: NodeJS.ProcessEnv = {}, options?: Parameters<typeof startParley>[1]): Promise<Parley> {
  const parley = await startParley({ PARLEY_DATA_DIR: folder.path, ...env }, options)
  started.push(parley.command)
  return parley
}

function begin(env: NodeJS.ProcessEnv): Command {
  const command = start('main', [], { env: { PORT: '0', PARLEY_DATA_DIR: folder.path, ...env } })
  started.push(command)
  return command
}

const postmaster = () => findPostmaster(join(folder.path, 'postgres'))

describe('Parley', { timeout: 60_000 }, () => {
  test('makes its database, loads the seed, prints addresses that answer, and finds it all at its second start', async () => {
    const first = await open({}, { fromSource: true })
    expect(first.said).toMatch(
      /^Making the database in .*\n(Applied the migration \w+\n)+The record is empty: loading the Armenia–Azerbaijan process\nParley is ready\.\n/,
    )
    const page = await fetch(first.address, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)])
    await page.body?.cancel()
    const head = await first.head()
    expect(head).toBeGreaterThan(0)
    const url = /Subscriptions +(ws:\S+)/.exec(first.said)?.[1] ?? ''
    const client = createClient({ url, webSocketImpl: WebSocket })
    const items = client.iterate({ query: 'subscription { developments { position } }' })
    expect((await items.next()).value.data.developments).toEqual({ position: head })
    await client.dispose()

    const { stdout, ...ended } = await first.stop()
    expect(ended).toEqual({ code: 0, signal: null, stderr: '' })
    expect(stdout.slice(first.said.length)).toMatch(/^Stopping \(SIGINT\) …\n/)
    expect(await postmaster()).toBeUndefined()

    const second = await open()
    expect(second.said).toMatch(/^Parley is ready\.\n/)
    expect(await second.head()).toBe(head)
    expect(await second.stop()).toMatchObject({ code: 0, stderr: '' })
    expect(await postmaster()).toBeUndefined()
  })

  test('shares a data folder with a second one: one database, one record, and the last to leave puts out the light', async () => {
    const [one, other] = await Promise.all([open(), open()])
    const query = '{ reports(first: 100) { nodes { ref } } processes { id } }'
    expect(await other.ask(query)).toEqual(await one.ask(query))
    expect(await other.head()).toBe(await one.head())
    expect(await one.stop()).toMatchObject({ code: 0, stderr: '' })
    expect(await postmaster()).toBeDefined()
    expect(await other.head()).toBeGreaterThan(0)
    expect(await other.stop()).toMatchObject({ code: 0, stderr: '' })
    expect(await postmaster()).toBeUndefined()
  })

  test('that is stopped while it starts stops, and leaves no PostgreSQL behind', async () => {
    const command = begin({})
    await command.says('Making the database')
    command.child.kill('SIGTERM')
    const { code, signal, stdout } = await command.finish()
    expect({ code, signal }).toEqual({ code: 0, signal: null })
    expect(stdout).toContain('Stopping (SIGTERM) …')
    expect(stdout).not.toContain('ready')
    expect(await postmaster()).toBeUndefined()
  })

  test('closes cleanly when its terminal goes away', async () => {
    const { url, drop } = await createDatabase()
    const { command } = await open({ DATABASE_URL: url })
    command.child.stdout?.destroy()
    command.child.stderr?.destroy()
    command.child.kill('SIGHUP')
    expect(await command.finish()).toMatchObject({ code: 0, signal: null })
    await drop()
  })

  test('obeys its settings, and told to stop says so at /readyz while it serves on for PARLEY_LEAVE_MS, before it says farewell', async () => {
    const { url, drop } = await createDatabase()
    const HEAD = '{ feedHead { position } }'
    const settings = {
      PARLEY_DOCUMENTS: await folder.write('documents.json', { head: HEAD, follow: LIGHT }),
      ...{ PARLEY_PUBLIC_READ: 'yes', PARLEY_RATE_READS: '20', PARLEY_LEAVE_MS: '3000' },
    }
    const { address, command } = await open({ DATABASE_URL: url, ...settings })
    const codesOf = async (query: string) =>
      (await ask<object>(address, query)).errors?.map(({ extensions }) => extensions?.code)
    expect(await codesOf('{ feedHead { cursor } }')).toEqual(['DOCUMENT_NOT_TRUSTED'])
    const follower = byWebSocket(Number(new URL(address).port), { query: LIGHT })
    await follower.state('CAUGHT_UP')

    command.child.kill('SIGTERM')
    const ready = async () => {
      const response = await fetch(address.replace('/graphql', '/readyz'))
      return [response.status, await response.json()]
    }
    await expect.poll(ready).toEqual([503, expect.objectContaining({ ready: false, database: true, staying: false })])
    // New ones, too.
    expect(await codesOf(HEAD)).toBeUndefined()
    expect(follower.items.at(-1)?.state).toBe('CAUGHT_UP')
    for (let i = 0; i < 20; i++) await codesOf(HEAD)
    expect(await codesOf(HEAD)).toEqual(['RATE_LIMITED'])
    await follower.state('CLOSING')
    expect(await follower.ended).toMatchObject({ how: 'cut', code: 1012 })
    expect(await command.finish()).toMatchObject({ code: 0, stderr: '' })
    await drop()
  })

  test('takes npm’s echo of a Ctrl-C for the same one, and ends at once at the next', async () => {
    const { url, drop } = await createDatabase()
    const { command, address } = await open({ DATABASE_URL: url, PARLEY_DRAIN_MS: '60000' })
    // A client that takes nothing, not even a farewell, keeps it from closing.
    const socket = new WebSocket(address.replace('http', 'ws'), 'graphql-transport-ws')
    await once(socket, 'open')
    socket.pause()
    command.child.kill('SIGINT')
    command.child.kill('SIGINT')
    await command.says('Ctrl-C ends it at once')
    command.child.kill('SIGINT')
    expect(await command.finish()).toMatchObject({ code: null, signal: 'SIGINT' })
    socket.terminate()
    await drop()
  })
})

describe('writing', { timeout: 60_000 }, () => {
  const RETRACT = 'mutation { retract(input: { ref: "none-such", reason: "x" }) { __typename } }'
  let url: string
  let drop: () => Promise<void>
  beforeEach(async () => {
    ;({ url, drop } = await createDatabase())
  })
  afterEach(() => drop())

  /** What became of an attempt to write: `Refusal` where it was let through. */
  async function write({ address }: Parley, headers: { [name: string]: string } = {}) {
    const response = await fetch(address.replace('localhost', '127.0.0.1'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: RETRACT }),
    })
    const { data, errors } = (await response.json()) as {
      data: { retract: { __typename: string } } | null
      errors?: { message: string; extensions: { code: string } }[]
    }
    return errors?.[0] ?? data?.retract.__typename
  }
  const makeKey = async () =>
    (await start('cli/keys', ['add', '--role', 'DESK', '--label', 'x'], { env: { DATABASE_URL: url } }).finish()).stdout

  test('is for whoever is on this machine, asks straight and by a name of it, until there is a key', async () => {
    const parley = await open({ DATABASE_URL: url, PARLEY_POLL_MS: '20' })
    expect(parley.said).toContain('Whoever is on this machine may write, until you make a key: npm run keys')
    expect(await write(parley)).toBe('Refusal')
    expect(await write(parley, { 'x-forwarded-for': '127.0.0.1' })).toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    })
    const key = await makeKey()
    await expect.poll(() => write(parley)).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
    expect(await write(parley, { authorization: `Bearer ${key.trim()}` })).toBe('Refusal')
    await parley.stop()
  })

  test('is for nobody where it is reached from elsewhere, until there is a key: it says how to make one', async () => {
    const parley = await open({ DATABASE_URL: url, HOST: '0.0.0.0' })
    expect(parley.said).toContain('Nobody may write until you make a key: npm run keys -- add --role DESK --label NAME')
    expect(await parley.head()).toBeGreaterThan(0)
    expect(await write(parley)).toMatchObject({
      message: expect.stringContaining('npm run keys -- add --role DESK --label NAME'),
      extensions: { code: 'UNAUTHENTICATED' },
    })
    const key = await makeKey()
    expect(await write(parley, { authorization: `Bearer ${key.trim()}` })).toBe('Refusal')
    await parley.stop()
  })
})

describe('what keeps Parley from starting is told in a line that says what to do:', { timeout: 60_000 }, () => {
  async function expectRefusal(env: NodeJS.ProcessEnv, said: string | RegExp): Promise<void> {
    const { code, stderr } = await begin(env).finish()
    expect(stderr).toMatch(said)
    expect(code).toBe(1)
  }

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { url, drop } = await createDatabase()
    await expectRefusal(
      { DATABASE_URL: url, PORT: `${port}` },
      new RegExp(
        `^Port ${port} of 127\\.0\\.0\\.1 is in use: stop what listens there, or choose another with PORT=\\d+\n$`,
      ),
    )
    other.close()
    await drop()
  })

  test('a data folder of another PostgreSQL', async () => {
    await folder.write('postgres/PG_VERSION', '15\n')
    await expectRefusal({}, /^The data folder .* was written by PostgreSQL 15, this Parley brings PostgreSQL 18: .*\n$/)
  })

  test('a database that cannot be reached, without its password', () =>
    expectRefusal(
      { DATABASE_URL: 'postgresql://parley:hunter2@127.0.0.1:1/parley', PARLEY_LOG_LEVEL: 'debug' },
      /^(?!.*hunter2)PostgreSQL at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\): see that it runs .*\n$/,
    ))

  test('settings that cannot be used, all of them at once', () =>
    expectRefusal(
      { PORT: 'web', PARLEY_HEARTBEAT_MS: '1', PARLEY_DRAIN_MS: 'soon', PARLEY_MAX_COST: '1' },
      /^PORT must be .*\nPARLEY_HEARTBEAT_MS must be .*\nPARLEY_DRAIN_MS must be .*\nPARLEY_MAX_COST must be .*\n$/,
    ))
})
