import { type Command, start } from '../../test/support/command.ts'
import { type Line, openLine } from '../../test/support/line.ts'
import { addressIn } from '../../test/support/parley.ts'
import type { Memory } from './memory.ts'
import type { Troubles } from './trouble.ts'

/** Where clients find a server: one may be replaced by another behind it. */
export interface Seat {
  readonly name: string
  readonly line: Line
  readonly server: Server
  /** Starts another server, on a port, or on any other if that is taken or not given. Clients do not find it yet. */
  prepare(port?: number): Promise<Server>
  /** Lets clients find this server. */
  seat(server: Server): void
}

/** A server in a process of its own. */
export interface Server {
  readonly pid: number
  readonly port: number
  /** Asks it to go, as a supervisor does, and waits for its end. */
  terminate(): Promise<void>
  /** Kills it where it stands (-9), and waits until it is gone. */
  kill(): Promise<void>
}

export interface ServersOptions {
  readonly url: string
  readonly troubles: Troubles
  readonly memory: Memory
  /** Told when a server has ended that nobody has asked to. */
  readonly onEnd: (sentence: string) => void
}

/** Servers over one database. */
export interface Servers {
  readonly seats: readonly [Seat, Seat]
  /** Kills at once whatever runs. */
  kill(): void
  /** Terminates all. */
  close(): Promise<void>
}

// As an operator would who wants clients to notice early; the rest as it is unless set.
const SETTINGS = { PORT: '0', PARLEY_HEARTBEAT_MS: '1000', PARLEY_STALL_MS: '5000', PARLEY_DRAIN_MS: '3000' }

export async function openServers(options: ServersOptions): Promise<Servers> {
  const running = new Set<Command>()
  const seats: Seat[] = []
  const close = async () => {
    for (const { server, line } of seats) {
      await server.terminate()
      await line[Symbol.asyncDispose]()
    }
  }
  const kill = () => {
    for (const { child } of running) child.kill('SIGKILL')
  }
  try {
    // One after the other: the first one loads the seed.
    for (const name of ['the first server', 'the second server']) seats.push(await openSeat(name, options, running))
  } catch (error) {
    kill()
    throw error
  }
  return { seats: seats as [Seat, Seat] & Seat[], kill, close }
}

async function openSeat(name: string, options: ServersOptions, running: Set<Command>): Promise<Seat> {
  const prepare = async (port = 0) => {
    const given = await startServer(name, port, options, running)
    // Somebody else may have got the port meanwhile.
    return given ?? ((await startServer(name, 0, options, running)) as Server)
  }
  let server = await prepare()
  const line = await openLine(server.port)
  return {
    name,
    line,
    get server() {
      return server
    },
    prepare,
    seat(next) {
      server = next
      line.reroute(next.port)
    },
  }
}

/** Where in the code what the line above it says came up. */
const STACK = /^\s/
const TAKEN = /^Port \d+ of \S+ is in use/m

async function startServer(
  name: string,
  port: number,
  { url, troubles, memory, onEnd }: ServersOptions,
  running: Set<Command>,
): Promise<Server | undefined> {
  const command = start('main', [], { env: { ...SETTINGS, PORT: `${port}`, DATABASE_URL: url }, detached: true })
  const { child } = command
  running.add(command)
  let isWanted = false
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter((line) => line && !STACK.test(line) && !TAKEN.test(line)))
      troubles.note(`log of ${name}`, kindOfLine(line))
  })
  child.once('close', (code, signal) => {
    running.delete(command)
    memory.forget(child.pid as number)
    if (isWanted) onEnd(`${name[0]?.toUpperCase()}${name.slice(1)} ended by itself (${signal ?? code}).`)
  })
  const said = await command.says('Ctrl-C stops it.').catch((error: Error) => error)
  if (said instanceof Error) {
    if (port !== 0 && TAKEN.test(said.message)) return undefined
    throw said
  }
  isWanted = true
  const pid = child.pid as number
  memory.watch(pid, name)
  const end = async (signal: NodeJS.Signals) => {
    isWanted = false
    child.kill(signal)
    return command.finish()
  }
  return {
    pid,
    port: Number(new URL(addressIn(said)).port),
    async terminate() {
      const { code, signal } = await end('SIGTERM')
      if (code !== 0) onEnd(`Told to go, ${name} ended with ${signal ?? code}.`)
    },
    kill: async () => void (await end('SIGKILL')),
  }
}

/** A line of a log without what is different each time. */
function kindOfLine(line: string): string {
  return line.replace(/\d+/g, 'N').slice(0, 160)
}
