import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Command, start } from '../support/command.ts'
import { type Folder, makeFolder } from '../support/folder.ts'
import { addressIn, ask } from '../support/parley.ts'

let folder: Folder
let command: Command | undefined
beforeEach(async () => {
  folder = await makeFolder()
})
afterEach(async () => {
  command?.child.kill('SIGTERM')
  await command?.finish()
  await folder[Symbol.asyncDispose]()
})

function replay(args: string[], env: NodeJS.ProcessEnv = {}): Command {
  command = start('cli/replay', args, { env: { PORT: '0', PARLEY_HEARTBEAT_MS: '100', ...env } })
  return command
}

/** The folder of the throw-away record, as it was printed. */
const recordIn = (said: string) => /throw-away record in (\S+)/.exec(said)?.[1] ?? 'none'

interface Seen {
  readonly position: number
  readonly previousPosition: number
  readonly action?: string
  readonly state?: string
}

describe('a replay', { timeout: 60_000 }, () => {
  test('of the seed shows a follower every position once, as its reports come out, and then removes its record', async () => {
    const { child, says, finish } = replay(['--speed', '2'], { DATABASE_URL: 'postgresql://elsewhere/' })
    const said = await says('Ctrl-C stops it.')
    const address = addressIn(said)
    // The first address is the page on which one can watch it unfold.
    const [, page] = /(http:\S+)/.exec(said) ?? []
    expect(page).toBe(address.replace('/graphql', '/'))
    expect(await (await fetch(page as string)).text()).toContain('<script type="module"')
    const { feedHead } = await ask<{ feedHead: { origin: string } }>(address, '{ feedHead { origin } }')
    const client = createClient({ url: address.replace('http', 'ws'), webSocketImpl: WebSocket })
    const items = client.iterate<{ developments: Seen }>({
      query: `subscription ($after: FeedCursor) { developments(after: $after) {
        position previousPosition ... on DevelopmentChange { action } ... on FeedStatus { state }
      } }`,
      variables: { after: feedHead.origin },
    })
    let last = Number.POSITIVE_INFINITY
    const over = says('That was all.').then(async () => {
      last = (await ask<{ feedHead: { position: number } }>(address, '{ feedHead { position } }')).feedHead.position
    })
    const changes: Seen[] = []
    let caughtUp = 0
    for (let position = 0; position < last; ) {
      const item: Seen | undefined = (await items.next()).value?.data?.developments
      if (item === undefined) throw new Error('Following ended early')
      if (item.action) changes.push(item)
      if (item.state === 'CAUGHT_UP') caughtUp = changes.length
      position = item.position
    }
    await over
    expect(changes.map((item) => item.position)).toEqual(changes.map((_, i) => i + 1))
    expect(changes.map((item) => item.previousPosition)).toEqual(changes.map((_, i) => i))
    expect(changes.length).toBeGreaterThan(caughtUp)
    await client.dispose()

    child.kill('SIGINT')
    const { code, signal, stdout, stderr } = await finish()
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' })
    expect(stdout).toContain('DATABASE_URL is left alone')
    const days = [...stdout.matchAll(/^(\d{4}-\d\d-\d\d) \S+: developments created \d+, added to \d+$/gm)].map(
      (m) => m[1],
    )
    expect(days.length).toBeGreaterThan(1)
    expect(days).toEqual([...days].sort())
    expect(existsSync(recordIn(stdout))).toBe(false)
    expect(recordIn(stdout)).not.toBe('none')
  })

  test('that cannot listen says so in a line, and leaves nothing behind', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, stdout } = await replay([], { PORT: `${port}` }).finish()
    expect(stdout).toMatch(/\nPort \d+ of 127\.0\.0\.1 is in use: .*\n$/)
    expect(code).toBe(1)
    expect(existsSync(recordIn(stdout))).toBe(false)
    other.close()
  })

  test('of nothing, or at no speed, is refused before anything starts', async () => {
    expect(await replay([folder.path]).finish()).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `${folder.path}: must hold a file named *.json or *.ndjson\n`,
    })
    expect(await replay(['--speed', 'fast']).finish()).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^--speed must be a number above 0, got fast\n/),
    })
  })
})
