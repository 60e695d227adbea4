import { type Dice, dice } from '../query/dice.ts'
import { filters } from './filters.ts'
import { type Follower, openFollower } from './follower.ts'
import { type Judgement, judge } from './judge.ts'
import type { Log } from './log.ts'
import { think, within } from './patience.ts'
import { post } from './post.ts'
import { type Way, ways } from './streams.ts'
import type { Troubles } from './trouble.ts'
import type { Followed } from './verdict.ts'

export interface CrowdOptions {
  /** Of the servers. */
  readonly ports: readonly number[]
  readonly seed: number
  readonly log: Log
  readonly troubles: Troubles
  /** How long things take, 1 being as people do. */
  readonly pace: number
  /** Nobody joins any more. */
  readonly signal: AbortSignal
}

/** Everybody who follows. */
export interface Crowd {
  /** Those who have left, and what they came to. */
  readonly followed: readonly Followed[]
  /** How many follow now. */
  readonly present: number
  /** Resolves to the names of those who are still not as far as a position after so many milliseconds. */
  reached(position: number, ms: number): Promise<string[]>
  /** All visitors have left. */
  readonly visited: Promise<void>
  /** Those who were there from the beginning leave; again: nothing. */
  close(): Promise<void>
}

const VISITORS = 4
const names = Object.keys(ways) as Way[]

/** Opens followers that stay, by every way, of all and of some; and goes on with visitors, who come and go. */
export async function openCrowd(options: CrowdOptions): Promise<Crowd> {
  const { ports, seed, log, troubles, pace, signal } = options
  const followed: Followed[] = []
  let visiting = 0
  const kinds = names.flatMap((way, i) => [
    { way, filter: 0 },
    { way, filter: 1 + (i % (filters.length - 1)) },
  ])
  const open = (way: Way, filter: number, chance: Dice, start?: { after: string; position: number }) =>
    openFollower({ way, filter, port: chance.pick(ports), start, troubles })
  const chance = dice(seed)
  const standing = await Promise.all(kinds.map(({ way, filter }) => open(way, filter, chance)))

  async function leave(follower: Follower, isStanding: boolean): Promise<void> {
    await follower.leave()
    await log.read()
    const { way, filter, from, upTo, gaps, returns, got } = follower.journal
    const nothing: Judgement = { matches: 0, lost: [], doubled: [], disordered: [], foreign: [] }
    const judged = from === null ? nothing : judge(got, log.due(follower.filter, from, upTo))
    followed.push({ ...judged, way, filter, from, upTo, gaps, returns, isStanding })
  }

  async function visit(mood: Dice): Promise<void> {
    const [way, filter] = [mood.pick(names), mood.roll(filters.length)]
    const port = mood.pick(ports)
    const start = mood.chance(40) ? await originOf(port) : undefined
    const follower = await open(way, filter, mood, start)
    visiting++
    const stay = () => think((1000 + mood.roll(9000)) * pace, signal)
    const isImpatient = mood.chance(25)
    if (start !== undefined && !isImpatient)
      await Promise.race([follower.journal.reached(await log.read()), ended(signal)])
    if (mood.chance(30)) await follower.stall((3000 + mood.roll(9000)) * pace, signal)
    for (let times = mood.roll(3); times > 0 && !signal.aborted; times--) {
      await stay()
      await follower.kill()
    }
    await stay()
    visiting--
    await leave(follower, false)
  }

  async function visitors(number: number): Promise<void> {
    const mood = dice(seed + 101 * (number + 1))
    while (!signal.aborted) {
      await visit(mood)
      await think(mood.roll(1000) * pace, signal)
    }
  }

  const visited = Promise.all(Array.from({ length: VISITORS }, (_, i) => visitors(i))).then(() => {})
  // Whoever waits for it hears of it.
  visited.catch(() => {})
  return {
    followed,
    visited,
    get present() {
      return standing.length + visiting
    },
    async reached(position, ms) {
      const late = standing.map(async ({ journal }) => {
        const isThere = await within(ms, journal.reached(position))
        return isThere ? [] : [`${journal.way} of ${journal.filter}, at ${journal.upTo}`]
      })
      return (await Promise.all(late)).flat()
    },
    async close() {
      for (const follower of standing.splice(0)) await leave(follower, true)
    },
  }
}

const ended = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** The beginning of the feed; undefined while nobody says. */
async function originOf(port: number): Promise<{ after: string; position: number } | undefined> {
  const reply = await post(port, '{ feedHead { origin } }')
  if (reply.how !== 'answered') return undefined
  return { after: (reply.data as { feedHead: { origin: string } }).feedHead.origin, position: 0 }
}
