import { percentile } from './figures.ts'

/** What came of the events of one phase. */
export interface Received {
  readonly deliveries: number
  /** From commit to receipt, in milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** How long deliveries were under way: from each commit to its last receipt, in seconds, all together. */
  readonly span: number
  /** Mean length of a message, in bytes. */
  readonly bytes: number
}

/** Who receives what when, over the events of one phase. */
export interface Receipts {
  /** Notes a delivery; true when it was the event's last one. */
  note(position: number, at: number, bytes: number): boolean
  isComplete(position: number): boolean
  /** `commits`: when each event was committed; those of one transaction at the same moment. */
  count(commits: readonly number[]): Received
}

/** Takes the receipts of events by all followers, from the position `from` on, `events` at most. */
export function openReceipts(from: number, events: number, followers: number): Receipts {
  const times = new Float64Array(events * followers)
  const counts = new Uint32Array(events)
  let bytes = 0
  return {
    note(position, at, length) {
      const event = position - from
      const count = counts[event]
      if (count === undefined || count === followers) throw new Error(`Position ${position} was not expected any more`)
      times[event * followers + count] = at
      bytes += length
      counts[event] = count + 1
      return count + 1 === followers
    },
    isComplete: (position) => counts[position - from] === followers,
    count(commits) {
      const deliveries = commits.length * followers
      if (counts.some((count, event) => count !== (event < commits.length ? followers : 0))) {
        throw new Error(`Of ${commits.length} events to ${followers} followers, each came so often: ${counts}`)
      }
      const latencies = times.subarray(0, deliveries)
      let span = 0
      for (const [event, commit] of commits.entries()) {
        const own = latencies.subarray(event * followers, (event + 1) * followers)
        // Receipts are noted in order of time, and the events of one transaction are under way together.
        if (commit !== commits[event + 1]) span += (own.at(-1) as number) - commit
        for (let i = 0; i < own.length; i++) own[i] = (own[i] as number) - commit
      }
      latencies.sort()
      return {
        deliveries,
        p50: percentile(latencies, 0.5),
        p95: percentile(latencies, 0.95),
        p99: percentile(latencies, 0.99),
        span: span / 1000,
        bytes: bytes / deliveries,
      }
    },
  }
}
