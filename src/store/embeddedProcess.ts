import { execFile, spawn } from 'node:child_process'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './embeddedBinaries.ts'
import { findLauncher, giveFolder } from './embeddedLauncher.ts'
import { StartupError } from './startupError.ts'

const run = promisify(execFile)

/** What `postmaster.pid` says of a running server. */
export type Postmaster = { pid: number; port: number; isReady: boolean }

/** PostgreSQL settings by name, given on the command line so that a newer Parley may change them. */
export type Settings = Record<string, string>

// For one program on a small machine: no replicas, so the log need not hold what only they read.
const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  jit: 'off',
  log_checkpoints: 'off',
}

// Another server has the folder; the port went to somebody just now; the processes of a killed server are still ending.
const PASSING =
  /lock file "postmaster.pid" (already exists|is empty)|could not create any TCP\/IP sockets|pre-existing shared memory/

/** Whether a process with this id exists, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * The server that runs on a folder, if one does. A `postmaster.pid` left by one that was killed is no server, nor is
 * one whose process id has since gone to another program (usual in containers) or that was copied with the folder.
 */
export async function findPostmaster(folder: string): Promise<Postmaster | undefined> {
  const [pid, , , port, , , , status] = await readPidFile(folder)
  // The port is written a moment after the process id.
  if (!pid || !isRunning(Number(pid)) || !(await runsOn(Number(pid), folder))) return undefined
  return { pid: Number(pid), port: Number(port ?? 0), isReady: status?.trim() === 'ready' }
}

async function readPidFile(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  return text.split('\n')
}

async function runsOn(pid: number, folder: string): Promise<boolean> {
  if (process.platform === 'win32') return true
  const args =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : (await run('ps', ['-ww', '-o', 'args=', '-p', `${pid}`]).catch(() => ({ stdout: '' }))).stdout
  return args.includes(folder)
}

/**
 * Starts a server on a folder where none runs. Where several processes do so at once, PostgreSQL's own lock lets one of
 * their servers live.
 * @param log path of the file that takes the server's output
 * @returns nothing when this server answers; or why it has ended, if the caller should look again and retry
 * @throws StartupError when it ended for a reason that will not pass by itself
 */
export async function startPostmaster(
  folder: string,
  binaries: Binaries,
  { log, settings }: { log: string; settings: Settings },
): Promise<string | undefined> {
  const launcher = await findLauncher(folder, binaries.postgres)
  await giveFolder(folder, launcher)
  const before = await readPidFile(folder)
  await removeStale(folder, before)
  // Whoever still knows the address of a server that died finds the next one there, if the port is free.
  const port = (await freePort(Number(before[3] ?? 0))) ?? (await freePort(0))
  const options = Object.entries({ ...SETTINGS, ...settings, port: `${port}` })
  const [command, ...args] = [...launcher, binaries.postgres, '-D', folder]
  for (const [name, value] of options) args.push('-c', `${name}=${value}`)

  const output = await open(log, 'a', 0o600)
  const begin = (await output.stat()).size
  try {
    // Detached: a Ctrl-C at the terminal is for the program, which then closes the server when it no longer needs it.
    const child = spawn(command as string, args, {
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: environment(),
    })
    child.unref()
    let ended: string | undefined
    child.once('error', (error) => {
      ended = error.message
    })
    child.once('exit', (code, signal) => {
      ended ??= `it ended with ${signal ?? code}`
    })
    while (ended === undefined) {
      const postmaster = await findPostmaster(folder)
      if (postmaster?.pid === child.pid && postmaster?.isReady) return
      await pause()
    }
    const said = (await readFile(log)).subarray(begin).toString()
    const reason = said.match(/FATAL: +(.*)/)?.[1] ?? said.trim().split('\n').at(-1) ?? ended
    if (PASSING.test(said)) return reason
    throw new StartupError(`The embedded PostgreSQL did not start (${reason}): ${log} tells more`)
  } finally {
    await output.close()
  }
}

/**
 * Stops a server fast: transactions under way are rolled back, what was committed is kept.
 * @param timeout milliseconds to wait for its end
 * @returns whether it has ended
 */
export async function stopPostmaster(folder: string, { pid }: Postmaster, timeout: number): Promise<boolean> {
  const deadline = Date.now() + timeout
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return true
  }
  while ((await findPostmaster(folder))?.pid === pid) {
    if (Date.now() > deadline) return false
    await pause()
  }
  return true
}

/** The pause between two looks at a server that starts or stops; it gives no event that one could await. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 15))
}

// PostgreSQL removes a file whose process is gone by itself, but takes any living process of that id for a server.
// The file is moved first and then compared, so that one written in the meantime is not lost.
async function removeStale(folder: string, seen: string[]): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  const aside = `${file}.${process.pid}`
  if (!seen[0] || !isRunning(Number(seen[0])) || (await findPostmaster(folder))) return
  if (
    !(await rename(file, aside).then(
      () => true,
      () => false,
    ))
  )
    return
  const moved = await readFile(aside, 'utf8')
  if (moved.split('\n')[2] === seen[2]) await rm(aside)
  else await rename(aside, file)
}

async function freePort(wanted: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen({ port: wanted, host: '127.0.0.1' }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

// PGDATA, PGPORT and the like are meant for another server.
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}
