/** How many servers there are, and what stands before and behind them. */
export interface Layout {
  readonly name: string
  readonly processes: number
  readonly hasProxy?: true
  readonly hasReplica?: true
  /** It is measured while something is ingested. */
  readonly isWritten?: true
}

export const alone: Layout = { name: 'one process', processes: 1 }
export const behindProxy: Layout = { name: 'one process, proxy', processes: 1, hasProxy: true }
export const withoutReplica: Layout = { name: 'without a replica', processes: 1, isWritten: true }
export const withReplica: Layout = { name: 'with a replica', processes: 1, isWritten: true, hasReplica: true }

/** All that are compared, in the order of the tables. */
export const layouts: readonly Layout[] = [
  alone,
  behindProxy,
  { name: 'two processes, proxy', processes: 2, hasProxy: true },
  { name: 'three processes, proxy', processes: 3, hasProxy: true },
  withoutReplica,
  withReplica,
]

/** How many ask at once wherever layouts are compared. */
export const CONNECTIONS = 32
