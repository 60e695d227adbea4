import type { Helper } from '../feed/helper.ts'
import { desk } from '../feed/operations.ts'
import { type Helpers as FeedHelpers, sit } from '../feed/sitting.ts'
import type { Writer } from '../feed/writer.ts'
import type { Load, Loaded } from '../query/load.ts'
import { readReplicaReads, sharesBetween } from './replicaReads.ts'
import type { Figures } from './results.ts'
import type { Stand } from './stand.ts'
import { between, type Usage, usageOf } from './usage.ts'

/** The processes that work for the benchmark. */
export interface Helpers extends FeedHelpers {
  readonly load: Helper<Load>
}

/** What so many connections ask. */
export interface Asked {
  readonly requests: string[]
  /** With which of them to begin. */
  readonly from: number
  readonly connections: number
  readonly milliseconds: number
}

const NONE = Number.NaN
const NOTHING = { refused: 0, written: NONE, answered: NONE, behind: NONE, away: NONE }

/** Asks, each connection again when it has its answer. Returns how many requests it took, too. */
export async function answers(stand: Stand, load: Helper<Load>, asked: Asked): Promise<Figures & { turns: number }> {
  const { result, ...used } = await watched(stand, () => load.ask('run', { port: stand.port, ...asked }))
  return { ...NOTHING, ...ofLoaded(result), ...used }
}

/** The same while somebody ingests, dispatch after dispatch, each of one development. */
export async function answersMeanwhile(stand: Stand, { load, writer }: Helpers, asked: Asked) {
  await writer.ask('open', { url: stand.url, to: 'Parley' })
  const before = await readReplicaReads(stand.port)
  const { result, seconds, ...used } = await watched(stand, async () => {
    let isOver = false
    const asking = load.ask('run', { port: stand.port, ...asked }).finally(() => {
      isOver = true
    })
    const [loaded, written] = await Promise.all([asking, keepWriting(writer, () => isOver)])
    return { loaded, written }
  })
  const after = await readReplicaReads(stand.port)
  await writer.ask('close', null)
  const { answered, behind, away } = sharesBetween(before, after)
  return { ...ofLoaded(result.loaded), written: result.written / seconds, answered, behind, away, ...used }
}

/** Commits until it is over; gives how often. */
async function keepWriting(writer: Helper<Writer>, isOver: () => boolean): Promise<number> {
  let commits = 0
  for (; !isOver(); commits++) await writer.ask('commit', { events: 1 })
  return commits
}

/** Sends events to followers, each when all have the one before. */
export async function deliveries(
  stand: Stand,
  { generator, writer }: Helpers,
  { followers, commits }: { followers: number; commits: number },
): Promise<Figures> {
  await writer.ask('open', { url: stand.url, to: 'Parley' })
  const seat = { port: stand.port, pids: stand.users.servers }
  const sitting = sit({ name: 'Parley', transport: 'WebSocket', operation: desk }, seat, { generator, writer })
  await sitting.grow(followers, [desk])
  // What runs for the first time is slow.
  await sitting.send({ commits: Math.ceil(commits / 2) })
  const { result, seconds, ...used } = await watched(stand, () => sitting.send({ commits }))
  await generator.ask('disconnect', null)
  await writer.ask('close', null)
  const { rate, p50, p99, generatorCpu } = result
  return {
    ...{ ...NOTHING, rate, p50, p99, ...used },
    generator: (generatorCpu * result.deliveries) / 100_000 / seconds,
  }
}

/** Does something, and gives with what came of it who used how many cores meanwhile. */
async function watched<Result>(
  { users, failed }: Stand,
  act: () => Promise<Result>,
): Promise<Usage & { result: Result; seconds: number }> {
  const before = usageOf(users)
  const began = performance.now()
  const result = await Promise.race([act(), failed])
  const seconds = (performance.now() - began) / 1000
  return { ...between(before, usageOf(users), seconds), result, seconds }
}

function ofLoaded({ requests, refused, span, p50, p99, cpu }: Loaded) {
  const turns = requests + refused
  return { rate: requests / span, p50, p99, refused: refused / turns, generator: cpu / span, turns }
}
