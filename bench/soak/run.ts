import { setMaxListeners } from 'node:events'
import { acceptProcess, readProcess } from '../../src/ingest/process.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { write as inTransaction } from '../../src/store/pen.ts'
import { openOwnPostgres } from '../../test/support/ownPostgres.ts'
import { author } from '../author.ts'
import { quiet } from '../feed/proc.ts'
import { PROCESSES, processAt, processDocument } from '../query/cast.ts'
import { dice } from '../query/dice.ts'
import { type Answers, ask } from './asker.ts'
import { writeInBulk } from './bulkWriter.ts'
import { openCrowd } from './crowd.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { openLog } from './log.ts'
import { type Remembered, watchMemory } from './memory.ts'
import { dispatchesIn, readRecorded } from './recorded.ts'
import { openServers } from './servers.ts'
import { supply } from './supply.ts'
import { openTroubles } from './trouble.ts'
import type { Evidence } from './verdict.ts'
import { type Happened, weather } from './weather.ts'
import { write } from './writer.ts'

export interface Plan {
  readonly seed: number
  /** How long it goes on, unless `rounds` are over before or `signal` is aborted; milliseconds. */
  readonly ms: number
  /** How often every fault happens at the most. */
  readonly rounds?: number
  /** How long people think and faults wait, 1 being as it is in a soak. */
  readonly pace?: number
  /** Ends it early, as if its time was over. */
  readonly signal: AbortSignal
  /** Told in a few words how it stands. */
  readonly show: (text: string, done?: number) => void
  /** Given what ends all processes without more ado, for whoever cannot wait. */
  readonly onAbandon?: (abandon: () => Promise<void>) => void
}

/** What a soak has come to. */
export interface Soaked extends Evidence {
  readonly ledger: Ledger
  readonly minutes: number
  /** It was told to end before its time was over. */
  readonly isEarly: boolean
  readonly answers: Answers
  readonly happened: readonly Happened[]
  readonly memory: readonly Remembered[]
  readonly postgresql: string
}

const WRITERS = 4
const ASKERS = 3
/** How long everybody has to be at the head when all is over, in milliseconds. */
const SETTLE_MS = 300_000
const SAMPLE_MS = 2000

/** Lets everything happen at once until time is over, settles, compares, and closes all that it has opened. */
export async function soak(plan: Plan): Promise<Soaked> {
  const { seed, ms, rounds, pace = 1, signal, show, onAbandon = () => {} } = plan
  const began = performance.now()
  const closing: (() => unknown)[] = []
  try {
    show('Starting PostgreSQL and two servers')
    const postgres = await openOwnPostgres()
    closing.push(() => postgres[Symbol.asyncDispose]())
    const [ledger, troubles, overdue] = [openLedger(), openTroubles(() => performance.now()), [] as string[]]
    const memory = watchMemory(SAMPLE_MS)
    closing.push(memory.close)
    const [ending, abandoning] = [new AbortController(), new AbortController()]
    // Everybody who thinks listens to it.
    setMaxListeners(0, ending.signal)
    const onEnd = (sentence: string) => {
      overdue.push(sentence)
      ending.abort()
    }
    const servers = await openServers({ url: postgres.url, troubles, memory, onEnd })
    closing.push(servers.kill)
    onAbandon(async () => {
      servers.kill()
      await postgres[Symbol.asyncDispose]()
    })
    const database = await openDatabase({ url: postgres.url })
    closing.push(database.close)
    const before = await prepare(database)

    const log = openLog(database.pool)
    const base = await log.read()
    const ports = servers.seats.map(({ line }) => line.port)
    const timer = setTimeout(() => ending.abort(), ms)
    const stop = () => ending.abort()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    closing.push(() => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    })
    const common = { troubles, pace, signal: ending.signal }
    const crowd = await openCrowd({ ...common, ports, seed, log })
    closing.push(crowd.close)
    const answers: Answers = { questions: [], exports: [] }
    const happened: Happened[] = []
    let fault: string | undefined
    const started = performance.now()
    const tell = setInterval(() => {
      const { accepted, 'in doubt': doubt } = ledger.counts
      const say = `${accepted} dispatches, ${crowd.present} follow, ${happened.length} faults, ${doubt} answers lost`
      show(fault === undefined ? say : `${say}; ${fault}`, (performance.now() - started) / ms)
    }, 500)
    closing.push(() => clearInterval(tell))
    const written = Array.from({ length: WRITERS + 1 }, (_, i) => {
      const options = {
        ...common,
        abandoned: abandoning.signal,
        ledger,
        dice: dice(seed + 31 * i),
        supply: supply(seed, i, WRITERS + 1),
      }
      const port = ports[i % ports.length] as number
      if (i === WRITERS) return writeInBulk({ ...options, name: 'bulk', pool: database.pool })
      return write({ ...options, name: `writer ${i + 1}`, port })
    })
    const asked = Array.from({ length: ASKERS }, (_, i) =>
      ask({ ...common, ports, dice: dice(seed + 57 * i), answers }),
    )
    const faulted = weather({
      ...{ ...common, stage: { postgres, seats: servers.seats }, crowd, log, seed, rounds },
      onFault: (name) => {
        fault = name
      },
      onHappened: (one) => {
        happened.push(one)
        fault = undefined
      },
      onOverdue: (sentence) => overdue.push(sentence),
    }).then(stop)
    const working = [...written, ...asked, crowd.visited, faulted]
    closing.push(() => {
      stop()
      abandoning.abort()
      return Promise.allSettled(working)
    })
    await Promise.all(working)

    show('Waiting until all have got everything')
    const head = await log.read()
    for (const late of await crowd.reached(head, SETTLE_MS)) overdue.push(`At the end ${late}, was not at ${head}.`)
    await crowd.close()
    for (const { server } of servers.seats) await quiet(server.pid)
    memory.after()
    const recorded = await readRecorded(database.pool, base, before)
    const { rows } = await database.pool.query<{ server_version: string }>('show server_version')
    await servers.close()
    return {
      ...{ ledger, base, recorded, holes: log.holes, followed: crowd.followed, troubles: troubles.list(), overdue },
      ...{ answers, happened, memory: memory.list(), minutes: (performance.now() - began) / 60_000 },
      isEarly: signal.aborted,
      postgresql: rows[0]?.server_version ?? '',
    }
  } finally {
    for (const close of closing.reverse()) await close()
  }
}

/** Makes the invented processes known, and gives the dispatches that the record holds already: the seed's. */
async function prepare({ pool }: Database): Promise<Set<string>> {
  await inTransaction(pool, { now: new Date(), author }, async (pen) => {
    for (let i = 0; i < PROCESSES; i++) await acceptProcess(pen, readProcess(processDocument(processAt(i))))
  })
  return dispatchesIn(pool)
}
