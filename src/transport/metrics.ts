import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { followerTransports } from '../feed/line.ts'
import { followerStates } from '../feed/standing.ts'
import type { IngestResult, Services } from '../schema/context.ts'
import type { Kept } from './answers.ts'

/** How an operation ended: answered, refused for something that whoever asked must change, or failed within. */
export type Outcome = 'ok' | 'refused' | 'failed'

/** An operation that was executed. */
export interface Operated {
  readonly type: string
  readonly outcome: Outcome
  readonly seconds: number
  readonly cost: number | undefined
}

/** What Prometheus scrapes. Nothing that is sent becomes a label: there are as many series as there are kinds of things. */
export interface Metrics {
  operated(operated: Operated): void
  answered(kept: Kept): void
  refused(code: string): void
  ingested(result: IngestResult): void
  readonly contentType: string
  text(): Promise<string>
}

/** How many codes of refusals are told apart at the most, and what they look like. */
const MOST_CODES = 40
const CODE = /^[A-Z_]{1,40}$/
const LAGS = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30]
const COSTS = [10, 100, 1000, 10_000, 100_000, 250_000, 1_000_000]

export function openMetrics({
  feed,
  database,
  reading,
  replica,
}: Pick<Services, 'feed' | 'database' | 'reading' | 'replica'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const codes = new Set<string>()
  let hasProcess = false

  const operations = new Histogram({
    ...{ registers, name: 'parley_operation_seconds', labelNames: ['type', 'outcome'], buckets: SECONDS },
    help: 'How long operations took that were executed; a subscription until it was taken.',
  })
  const costs = new Histogram({
    ...{ registers, name: 'parley_operation_cost', labelNames: ['type'], buckets: COSTS },
    help: 'What operations cost that were executed, as extensions.cost counts it.',
  })
  const answers = new Counter({
    ...{ registers, name: 'parley_answers_total', labelNames: ['kept'] },
    help: 'Queries answered: hit, from what was kept; shared, with one under way; miss, by asking the database.',
  })
  const refusals = new Counter({
    ...{ registers, name: 'parley_refusals_total', labelNames: ['reason'] },
    help: 'Errors that clients were shown, by code.',
  })
  const ingests = new Counter({
    ...{ registers, name: 'parley_ingest_total', labelNames: ['result'] },
    help: 'Dispatches that were sent to this server.',
  })
  for (const kept of ['hit', 'shared', 'miss']) answers.inc({ kept }, 0)
  for (const result of ['accepted', 'held', 'unchanged', 'refused', 'failed']) ingests.inc({ result }, 0)

  new Gauge({
    ...{ registers, name: 'parley_head_position' },
    help: 'Where the feed ends, as this server knows it.',
    collect() {
      this.set(feed.head().position)
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_tail_delay_seconds' },
    help: 'How long ago the tail last began a look that found it at the end of the feed: it is no more behind than that.',
    collect() {
      this.set(feed.standing().tail.delayMs / 1000)
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_tail_connected' },
    help: 'Whether the tail has its connection to PostgreSQL: 1 or 0.',
    collect() {
      this.set(feed.standing().tail.isConnected ? 1 : 0)
    },
  })
  new Histogram({
    ...{ registers, name: 'parley_follower_lag_positions', buckets: LAGS },
    help: 'By how many positions those followers are behind who are not live; of this moment, not summed over time.',
    collect() {
      this.reset()
      const head = feed.head().position
      for (const { state, position } of feed.roll()) if (state !== 'LIVE') this.observe(Math.max(0, head - position))
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_followers', labelNames: ['state', 'transport'] },
    help: 'Followers: live at the head, behind, or full, which take nothing now.',
    collect() {
      this.reset()
      for (const transport of followerTransports)
        for (const state of followerStates) this.set(labelsOf(state, transport), 0)
      for (const { state, peer } of feed.roll()) this.inc(labelsOf(state, peer.transport))
    },
  })
  new Counter({
    ...{ registers, name: 'parley_deliveries_total', labelNames: ['transport'] },
    help: 'Revisions written to followers: what went to a hundred counts a hundred.',
    collect() {
      this.reset()
      for (const [transport, count] of Object.entries(feed.standing().delivered))
        this.inc({ transport: transport.toLowerCase() }, count)
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_groups' },
    help: 'Groups of followers to whom the same goes out.',
    collect() {
      this.set(feed.standing().groups)
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_ring_entries' },
    help: 'Revisions that memory holds for followers who are a little behind.',
    collect() {
      this.set(feed.standing().ring.entries)
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_ring_bytes' },
    help: 'Their size as JSON, in bytes.',
    collect() {
      this.set(feed.standing().ring.bytes)
    },
  })
  new Gauge({
    ...{ registers, name: 'parley_pool_connections', labelNames: ['pool', 'state'] },
    help: 'Connections to PostgreSQL, by what they are for: busy, idle; waiting, requests that wait for one.',
    collect() {
      for (const [name, one] of Object.entries({ feed: database, queries: reading, replica })) {
        if (one === undefined) continue
        const { totalCount, idleCount, waitingCount } = one.pool
        this.set({ pool: name, state: 'busy' }, totalCount - idleCount)
        this.set({ pool: name, state: 'idle' }, idleCount)
        this.set({ pool: name, state: 'waiting' }, waitingCount)
      }
    },
  })
  new Counter({
    ...{ registers, name: 'parley_replica_reads_total', labelNames: ['outcome'] },
    help: 'Reads that the replica was asked, or the primary, since it was behind or away; failed: of those it was asked.',
    collect() {
      this.reset()
      for (const [outcome, count] of Object.entries(replica?.reads() ?? {})) this.inc({ outcome }, count)
    },
  })

  return {
    operated({ type, outcome, seconds, cost }) {
      operations.observe({ type, outcome }, seconds)
      if (cost !== undefined) costs.observe({ type }, cost)
    },
    answered: (kept) => answers.inc({ kept }),
    refused(code) {
      if (codes.size < MOST_CODES && CODE.test(code)) codes.add(code)
      refusals.inc({ reason: codes.has(code) ? code : 'OTHER' })
    },
    ingested: (result) => ingests.inc({ result }),
    contentType: registry.contentType,
    text() {
      // Watching the process costs something from then on: only where somebody looks.
      if (!hasProcess) collectDefaultMetrics({ register: registry })
      hasProcess = true
      return registry.metrics()
    },
  }
}

function labelsOf(state: string, transport: string) {
  return { state: state.toLowerCase(), transport: transport.toLowerCase() }
}
