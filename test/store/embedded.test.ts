import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findPostmaster, stopPostmaster } from '../../src/store/embeddedProcess.ts'
import { programArgs } from '../support/programs.ts'

const program = programArgs('test/support/embeddedUser')
const isRoot = process.getuid?.() === 0

type User = { child: ChildProcess; url: string; refused: string; leave(): Promise<void> }

let made: string
let dataDir: string
let folder: string
let children: ChildProcess[]

/** Starts a process that opens the data folder, and waits until it is in or has been refused. */
async function enter(options: { dir?: string; as?: string[] } = {}): Promise<User> {
  const [command, ...args] = [...(options.as ?? []), process.execPath, ...program, options.dir ?? dataDir]
  const child = spawn(command as string, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  children.push(child)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const exit = once(child, 'exit')
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), exit.then(() => undefined)])
  if (!line) throw new Error(`The process ended without a word: ${said}`)
  const { url = '', refused = '' } = JSON.parse(line[0])
  const leave = async () => {
    child.stdin.end()
    await exit
  }
  return { child, url, refused, leave }
}

async function kill(user: User): Promise<void> {
  const exit = once(user.child, 'exit')
  user.child.kill('SIGKILL')
  await exit
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

// Making a database takes a second: what is not about that begins with a copy of one made here.
beforeAll(async () => {
  children = []
  made = await mkdtemp(join(tmpdir(), 'parley-made-'))
  const user = await enter({ dir: made })
  await user.leave()
})

afterAll(async () => {
  await rm(made, { recursive: true, force: true })
})

// Ten times as fast as Node's own, for a thousand small files.
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to])
}

async function enterMade(): Promise<User> {
  copy(join(made, 'postgres'), folder)
  return enter()
}

beforeEach(async () => {
  children = []
  dataDir = await mkdtemp(join(tmpdir(), 'parley-embedded-'))
  folder = join(dataDir, 'postgres')
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  const left = await findPostmaster(folder)
  if (left) await stopPostmaster(folder, left, 10_000)
  await rm(dataDir, { recursive: true, force: true })
})

describe('one process', () => {
  test('makes the database in a folder that only its owner may enter, and finds its data at the second start', async () => {
    await chmod(dataDir, 0o700)
    const first = await enter()
    await query(first.url, 'create table kept (id int)')
    expect(await query(first.url, `select current_setting('TimeZone') as zone, lower('ÄÖ') as lower`)).toEqual([
      { zone: 'UTC', lower: 'äö' },
    ])
    await first.leave()
    expect(await findPostmaster(folder)).toBeUndefined()

    const second = await enter()
    expect(await query(second.url, 'select count(*)::int from kept')).toEqual([{ count: 0 }])
    await second.leave()
  })

  test('keeps the password to itself and leaves no other file behind, not even of a start that was cut off', async () => {
    await mkdir(join(dataDir, 'postgres.new-999999999-abc', 'data'), { recursive: true })
    const user = await enter()
    expect((await stat(join(folder, 'parley.password'))).mode & 0o777).toBe(0o600)
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
    const password = await readFile(join(folder, 'parley.password'), 'utf8')
    expect(new URL(user.url).password).toBe(password)
    const address = new URL(user.url)
    address.password = 'guessed'
    await expect(query(address.href, 'select 1')).rejects.toThrow('password authentication failed')
    await user.leave()
  })
})

describe('several processes', () => {
  test('share one server, which the last one to leave stops', async () => {
    const [first, second] = await Promise.all([enter(), enter()])
    expect(second.url).toBe(first.url)
    await first.leave()
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.leave()
    expect(await findPostmaster(folder)).toBeUndefined()
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log'])
  })

  test('come in while the last one before them is just stopping the server', async () => {
    let user = await enterMade()
    for (let round = 0; round < 3; round++) {
      const leaving = user.leave()
      const next = await enter()
      await leaving
      expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
      user = next
    }
    await user.leave()
    expect(await findPostmaster(folder)).toBeUndefined()
  })
})

describe('after a hard end', () => {
  test('a server whose owner was killed is used again and stopped by who comes next', async () => {
    const owner = await enterMade()
    const before = await findPostmaster(folder)
    await kill(owner)
    const next = await enter()
    expect(next.url).toBe(owner.url)
    expect((await findPostmaster(folder))?.pid).toBe(before?.pid)
    await next.leave()
    expect(await findPostmaster(folder)).toBeUndefined()
  })

  test('a server that was killed itself is recovered with what was committed', async () => {
    const owner = await enterMade()
    await query(owner.url, 'create table kept (id int)')
    await kill(owner)
    const { pid } = (await findPostmaster(folder)) as { pid: number }
    process.kill(pid, 'SIGKILL')
    const next = await enter()
    expect(await query(next.url, 'select count(*)::int from kept')).toEqual([{ count: 0 }])
    await next.leave()
  })

  test('a server that was killed in use comes back at the same address', async () => {
    const user = await enterMade()
    const { pid } = (await findPostmaster(folder)) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => query(user.url, 'select 1 as one').catch(() => []), { timeout: 10_000 })
      .toEqual([{ one: 1 }])
    await user.leave()
    expect(await findPostmaster(folder)).toBeUndefined()
  })

  test('a process id in postmaster.pid that is now another program is not taken for the server', async () => {
    const owner = await enterMade()
    const pidFile = await readFile(join(folder, 'postmaster.pid'), 'utf8')
    await owner.leave()
    await writeFile(join(folder, 'postmaster.pid'), pidFile.replace(/^\d+/, `${process.pid}`), { mode: 0o600 })
    const next = await enter()
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await next.leave()
  })

  test('a copy of a running folder gets a server of its own', async () => {
    const owner = await enterMade()
    await query(owner.url, 'checkpoint')
    const elsewhere = join(dataDir, 'elsewhere')
    await mkdir(elsewhere)
    copy(folder, join(elsewhere, 'postgres'))
    const other = await enter({ dir: elsewhere })
    expect(other.url).not.toBe(owner.url)
    await other.leave()
    await owner.leave()
  })
})

describe('one line says what to do', () => {
  test('about a folder of another PostgreSQL version', async () => {
    await mkdir(folder)
    await writeFile(join(folder, 'PG_VERSION'), '15\n')
    const { refused } = await enter()
    expect(refused).toMatch(/written by PostgreSQL 15, this Parley brings PostgreSQL \d+: .*move the folder away/)
  })

  test('about something else in the place of the folder', async () => {
    await writeFile(folder, 'not a folder')
    const { refused } = await enter()
    expect(refused).toMatch(/postgres .*: .*(choose another|move it away)/)
  })

  test('about a lost password', async () => {
    const user = await enterMade()
    await user.leave()
    await rm(join(folder, 'parley.password'))
    expect((await enter()).refused).toMatch(/parley\.password cannot be read \(ENOENT\): .*restore it/)
  })
})

// What an ordinary user sees can be tried by root alone, and only where others may read this checkout.
const canBecome = (uid: number): boolean => {
  if (!isRoot) return false
  try {
    execFileSync('setpriv', [...become(uid).slice(1), 'test', '-r', program.at(-1) as string])
    return true
  } catch {
    return false
  }
}
const become = (uid: number) => ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups']
const NOBODY = 65534
const NAMELESS = 54321

describe('another user', () => {
  test.runIf(canBecome(NOBODY))('works in a folder of its own that nobody else may enter', async () => {
    await chown(dataDir, NOBODY, NOBODY)
    await chmod(dataDir, 0o700)
    const user = await enter({ as: become(NOBODY) })
    expect(await query(user.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await user.leave()
    expect(await findPostmaster(folder)).toBeUndefined()
  })

  test.runIf(canBecome(NOBODY))('is told that a folder belongs to somebody else', async () => {
    const user = await enterMade()
    await user.leave()
    await chmod(dataDir, 0o755)
    expect((await enter({ as: become(NOBODY) })).refused).toMatch(/data folder .*: start Parley as/)
  })

  test.runIf(canBecome(NAMELESS))('without a name in /etc/passwd gets a server or is told so', async () => {
    await chown(dataDir, NAMELESS, NAMELESS)
    const user = await enter({ as: become(NAMELESS) })
    if (user.refused) expect(user.refused).toMatch(/user id 54321, which has no entry in \/etc\/passwd: add one/)
    else expect(await query(user.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await user.leave()
  })
})
