import { dice } from '../query/dice.ts'
import type { Crowd } from './crowd.ts'
import { type Fault, faults, type Stage } from './faults.ts'
import type { Log } from './log.ts'
import { think } from './patience.ts'
import { post } from './post.ts'
import type { Troubles } from './trouble.ts'

/** A fault that has happened, and how long it took from its beginning until all was as it should be; milliseconds. */
export interface Happened {
  readonly fault: string
  readonly ms: number
}

export interface WeatherOptions {
  readonly stage: Stage
  readonly crowd: Crowd
  readonly log: Log
  readonly troubles: Troubles
  readonly seed: number
  /** How often every fault happens; unless told, until there is no more time. */
  readonly rounds?: number | undefined
  readonly pace: number
  readonly signal: AbortSignal
  readonly onFault: (name: string) => void
  readonly onHappened: (happened: Happened) => void
  /** What was not as it should be in time. */
  readonly onOverdue: (sentence: string) => void
}

/** How long after a fault everybody has to be at the head again, in milliseconds; on a busy machine, too. */
const RECOVERY_MS = 300_000

/** Lets the faults happen, one after the other, each once a round in an order of chance, until time or rounds are over. */
export async function weather(options: WeatherOptions): Promise<void> {
  const { seed, rounds = Number.POSITIVE_INFINITY, pace, signal } = options
  const chance = dice(seed + 17)
  for (let round = 0; round < rounds; round++) {
    const left = [...faults]
    while (left.length > 0) {
      await think((2000 + chance.roll(6000)) * pace, signal)
      if (signal.aborted) return
      await strike(left.splice(chance.roll(left.length), 1)[0] as Fault, options)
    }
  }
}

async function strike(fault: Fault, options: WeatherOptions): Promise<void> {
  const { stage, crowd, log, troubles, onFault, onHappened, onOverdue } = options
  onFault(fault.name)
  const began = performance.now()
  const end = troubles.begin(fault.causes)
  await fault.happen(stage)
  const position = await log.read()
  for (const { name, line } of stage.seats) {
    if (!(await knows(line.port, position)))
      onOverdue(`After "${fault.name}" ${name} did not know of position ${position} within five minutes.`)
  }
  for (const late of await crowd.reached(position, RECOVERY_MS))
    onOverdue(`After "${fault.name}" ${late}, was not at ${position} within five minutes.`)
  end()
  onHappened({ fault: fault.name, ms: performance.now() - began })
}

/** Whether a server knows of a position in time; it is waited for. */
async function knows(port: number, position: number): Promise<boolean> {
  const until = AbortSignal.timeout(RECOVERY_MS)
  while (!until.aborted) {
    const reply = await post(port, '{ feedHead { position } }')
    if (reply.how === 'answered' && (reply.data as { feedHead: { position: number } }).feedHead.position >= position)
      return true
    await think(50, until)
  }
  return false
}
