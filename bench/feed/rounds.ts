import type { Databases } from './databases.ts'
import type { Row, Work } from './measure.ts'
import { desk, distinct } from './operations.ts'
import type { Options } from './options.ts'
import { isParley, type Running, type Server, servers, startServer } from './servers.ts'
import { type Helpers, type Sitting, sit } from './sitting.ts'

/** How many deliveries are measured at a time. */
const DELIVERIES = 100_000
/** Of what takes ten times as long, fewer tell as much. */
const PEER_DELIVERIES = 50_000
/** Enough events, also for few followers, to make up for the work that each of them brings by itself. */
const MOST_EVENTS = 200
/** How many dispatches one idle follower is sent, and after what pause, in milliseconds. */
const IDLE = { commits: 60, pause: 30 }
/** What makes a server's code warm before anything is measured. */
const WARM = 100
const BURST = 10
const OPERATIONS = 100
/** Who catches up, and how far behind it is. */
export const behind = { followers: 10, positions: 10_000 }
/** How long one follower may take to catch up, in seconds, for ten to be tried. */
const SLOW = 10

/** Whether a server is measured while followers catch up. */
export const catchesUp = (name: string) => name === 'parley' || name === 'sse'

export interface Bench {
  readonly options: Options
  readonly databases: Databases
  readonly helpers: Helpers
  readonly peers: string
  /** A record with as many positions as a follower is behind. */
  readonly full: string
  readonly show: (text: string) => void
  readonly add: (row: Row) => void
}

/** One round: every server is measured once, one after the other. Those so much slower join in every other round. */
export async function round(bench: Bench, number: number): Promise<void> {
  for (const name of bench.options.servers) {
    const server = servers[name] as Server
    if (server.isPeer && number % 2 === 1) continue
    const tell = (work: Work, followers: number) =>
      bench.show(`round ${number + 1} of ${bench.options.rounds}: ${server.name}, ${work}, ${followers} followers`)
    await withServer(bench, server, (sitting) => oneFollower(bench, name, sitting, tell))
    // Each number of followers has a fresh server: in a heap that has grown before, their memory would not show.
    for (const size of bench.options.sizes) {
      await withServer(bench, server, (sitting) => oneOperation(bench, name, size, sitting, tell))
    }
    const most = bench.options.sizes.at(-1) as number
    const hasOperations = server.operation === desk || server.isPeer
    if (hasOperations && server.transport === 'WebSocket' && most >= 10 * OPERATIONS) {
      await withServer(bench, server, (sitting) => manyOperations(bench, name, sitting, tell))
    }
    if (catchesUp(name)) await catchUp(bench, name, tell)
  }
}

type Tell = (work: Work, followers: number) => void

/** A server that has just been started, on a database of its own if it is Parley. */
async function withServer(bench: Bench, server: Server, use: (sitting: Sitting) => Promise<void>): Promise<void> {
  const { databases, helpers } = bench
  const url = isParley(server) ? await databases.create('record', databases.template) : bench.peers
  let running: Running | undefined
  try {
    running = await startServer(server, url)
    await helpers.writer.ask('open', { url, to: isParley(server) ? 'Parley' : 'peer' })
    await Promise.race([use(sit(server, seatOf(running), helpers)), running.failed])
    await helpers.writer.ask('close', null)
    await helpers.generator.ask('disconnect', null)
  } finally {
    await running?.end()
    if (isParley(server)) await databases.drop('record')
  }
}

const seatOf = ({ port, pid }: Running) => ({ port, pids: [pid] })

/** One dispatch after the other to a single follower that hears nothing else. */
async function oneFollower({ add }: Bench, name: string, sitting: Sitting, tell: Tell): Promise<void> {
  tell('idle follower', 1)
  await warm(name, sitting)
  add({ server: name, work: 'idle follower', followers: 1, ...(await sitting.send(IDLE)) })
}

async function oneOperation(
  bench: Bench,
  name: string,
  followers: number,
  sitting: Sitting,
  tell: Tell,
): Promise<void> {
  const { operation, isPeer } = servers[name] as Server
  const deliveries = isPeer ? PEER_DELIVERIES : DELIVERIES
  tell('one at a time', followers)
  await warm(name, sitting)
  const memory = await sitting.grow(followers, [operation])
  const commits = Math.min(MOST_EVENTS, deliveries / followers)
  bench.add({ server: name, work: 'one at a time', followers, ...(await sitting.send({ commits })), memory })
  if (followers !== bench.options.sizes.at(-1)) return
  tell('ten at once', followers)
  const bursts = Math.max(1, deliveries / followers / BURST)
  const measured = await sitting.send({ commits: bursts, events: BURST })
  bench.add({ server: name, work: 'ten at once', followers, ...measured })
}

/** What runs for the first time is slow, and takes memory that no follower is to blame for. */
async function warm(name: string, sitting: Sitting): Promise<void> {
  await sitting.grow(1, [(servers[name] as Server).operation])
  await sitting.send({ commits: WARM })
}

async function manyOperations({ options, add }: Bench, name: string, sitting: Sitting, tell: Tell): Promise<void> {
  const followers = options.sizes.at(-1) as number
  const operations = distinct((servers[name] as Server).operation, OPERATIONS)
  tell('100 operations', followers)
  // Each operation has been seen before it is measured.
  await sitting.grow(OPERATIONS, operations)
  await sitting.send({ commits: 10 })
  const memory = await sitting.grow(followers, operations)
  const commits = DELIVERIES / followers
  add({ server: name, work: '100 operations', followers, ...(await sitting.send({ commits })), memory })
}

/** Followers begin at the origin of a record that a server has just been started on, and read all of it. */
async function catchUp(bench: Bench, name: string, tell: Tell): Promise<void> {
  const server = servers[name] as Server
  const running = await startServer(server, bench.full)
  try {
    tell('catch-up', behind.followers)
    const sitting = sit(server, seatOf(running), bench.helpers)
    // The first one makes the code warm; where it takes so long alone, ten would take for ever.
    let followers = 1
    let measured = await sitting.replay(followers, behind.positions)
    if (behind.positions / measured.rate < SLOW) {
      followers = behind.followers
      measured = await sitting.replay(followers, behind.positions)
    }
    bench.add({ server: name, work: 'catch-up', followers, ...measured })
  } finally {
    await running.end()
  }
}
