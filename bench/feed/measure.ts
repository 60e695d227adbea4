/** What was done with a server. */
export type Work = 'one at a time' | '100 operations' | 'ten at once' | 'catch-up' | 'idle follower'

/** What one round measured of one server at one piece of work. */
export interface Measure {
  /** How many it is of. */
  readonly deliveries: number
  /** CPU seconds of the server for 100,000 deliveries. */
  readonly cpu: number
  /** Deliveries a second, from commit to the last receipt. */
  readonly rate: number
  /** From commit to receipt, in milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Resident memory a follower, in KB; NaN where too few were added to tell. */
  readonly memory: number
  /** Mean length of a message. */
  readonly bytes: number
  /** CPU seconds of the load generator for 100,000 deliveries. */
  readonly generatorCpu: number
  /** How much of the time that deliveries were under way the server and the generator were busy: 1 is one core. */
  readonly busy: number
  readonly generatorBusy: number
  /** How long PostgreSQL took to answer a COMMIT, in milliseconds: contained in the latencies. */
  readonly commit: number
}

/** A measure with what it is of. */
export interface Row extends Measure {
  /** By its name on the command line. */
  readonly server: string
  readonly work: Work
  readonly followers: number
}
