import { setTimeout as passed } from 'node:timers/promises'
import { clock } from './clock.ts'
import { median } from './figures.ts'
import type { Generator } from './generator.ts'
import type { Helper } from './helper.ts'
import type { Measure } from './measure.ts'
import { cpuOf, quiet, residentOf } from './proc.ts'
import type { Server } from './servers.ts'
import type { Operation } from './socket.ts'
import type { Committed, Writer } from './writer.ts'

export interface Helpers {
  readonly generator: Helper<Generator>
  readonly writer: Helper<Writer>
}

/** How long a phase may take before no further event is committed, in milliseconds. */
const LONGEST = 30_000
/** How long an event may take to reach everyone, in milliseconds. */
const RECEIVE = 100_000
/** How long a replay may take, in milliseconds. */
const REPLAY = 300_000
/** How often it is tried to reach followers that do not hear yet. */
const PROBES = 20
/** Too few new followers tell nothing about the memory of one. */
const FEW = 500

/** Where followers connect, and the processes that serve them there. */
export interface Seated {
  readonly port: number
  readonly pids: readonly number[]
}

/** Servers that are one to their followers, mostly one alone, while they are measured with more and more of these. */
export interface Sitting {
  /** Adds followers, sees that all of them hear, and measures what one of them takes of memory, in KB. */
  grow(to: number, operations: readonly Operation[]): Promise<number>
  /**
   * Commits event after event, each when all followers have the one before, or several at once.
   * @param options.pause how long to wait before each commit, in milliseconds
   */
  send(options: { commits: number; events?: number; pause?: number }): Promise<Measure>
  /** Followers begin at the origin and read the first `positions` of the record, which is not written to meanwhile. */
  replay(followers: number, positions: number): Promise<Measure>
}

export function sit(
  server: Pick<Server, 'name' | 'transport' | 'operation'>,
  { port, pids }: Seated,
  { generator, writer }: Helpers,
): Sitting {
  let followers = 0
  let head = 0
  const sum = (of: (pid: number) => number) => pids.reduce((total, pid) => total + of(pid), 0)
  const rest = async (most?: number) => {
    for (const pid of pids) await quiet(pid, most)
  }

  async function commit(events: number): Promise<Committed> {
    const committed = await writer.ask('commit', { events })
    head = committed.position
    return committed
  }

  async function reach(): Promise<void> {
    for (let probes = 0; probes < PROBES; probes++) {
      await commit(1)
      await passed(20)
      await rest(60_000)
      if ((await generator.ask('reached', null)) === followers) return
    }
    throw new Error(`${server.name}: after ${PROBES} events, not all of ${followers} followers have heard of one`)
  }

  /** Measures the server while something goes on of which the events then have these times of commit. */
  async function measure(from: number, events: number, act: () => Promise<number[]>): Promise<Measure> {
    await generator.ask('begin', { from, events, followers })
    const cpu = sum(cpuOf)
    const commits = await act()
    // What a delivery leaves to be done belongs to it.
    await passed(50)
    const used = sum(cpuOf) - cpu
    const { span, cpu: generatorUsed, ...received } = await generator.ask('finish', { commits })
    const share = received.deliveries / 100_000
    return {
      ...received,
      cpu: used / share,
      rate: received.deliveries / span,
      memory: Number.NaN,
      generatorCpu: generatorUsed / share,
      busy: used / span,
      generatorBusy: generatorUsed / span,
      commit: Number.NaN,
    }
  }

  return {
    async grow(to, operations) {
      const count = to - followers
      await rest()
      const before = sum(residentOf)
      await generator.ask('connect', {
        ...{ port, transport: server.transport, count, operations: [...operations] },
      })
      followers = to
      await rest()
      const memory = count < FEW ? Number.NaN : (sum(residentOf) - before) / count
      await reach()
      return memory
    },
    async send({ commits, events = 1, pause = 0 }) {
      await rest()
      const answers: number[] = []
      const measured = await measure(head + 1, commits * events, async () => {
        const began = performance.now()
        const sent: number[] = []
        for (let i = 0; i < commits && (i === 0 || performance.now() - began < LONGEST); i++) {
          if (pause > 0) await passed(pause)
          const committed = await commit(events)
          for (let event = 0; event < events; event++) sent.push(committed.sent)
          answers.push(committed.answered - committed.sent)
          await generator.ask('received', { position: committed.position, within: RECEIVE })
        }
        return sent
      })
      return { ...measured, commit: median(answers) }
    },
    async replay(count, positions) {
      const after = await originOf(port)
      const operations = [{ ...server.operation, variables: { after } }]
      followers = count
      await rest()
      const measured = await measure(1, positions, async () => {
        const begin = clock()
        await generator.ask('connect', { port, transport: server.transport, count, operations })
        await generator.ask('received', { position: positions, within: REPLAY }, 2 * REPLAY)
        return Array.from({ length: positions }, () => begin)
      })
      await generator.ask('disconnect', null)
      // How old a delivery is says when it was its turn, no more.
      return { ...measured, p50: Number.NaN, p95: Number.NaN, p99: Number.NaN }
    },
  }
}

async function originOf(port: number): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query: '{ feedHead { origin } }' })
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers, body })
  return ((await response.json()) as { data: { feedHead: { origin: string } } }).data.feedHead.origin
}
