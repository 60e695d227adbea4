/** What became of the reads that a replica could have answered, since its server was started. */
export interface ReplicaReads {
  /** The replica has answered. */
  readonly answered: number
  readonly all: number
}

/** Asks a server's metrics. Without a replica it has none. */
export async function readReplicaReads(port: number): Promise<ReplicaReads> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`)
  const text = await response.text()
  if (!response.ok) throw new Error(`Metrics are answered with ${response.status}: ${text.slice(0, 200)}`)
  return replicaReadsIn(text)
}

/** Takes them from the text of metrics. */
export function replicaReadsIn(metrics: string): ReplicaReads {
  const found = metrics.matchAll(/^parley_replica_reads_total\{outcome="(\w+)"\} (\d+)$/gm)
  const {
    asked = 0,
    behind = 0,
    away = 0,
    failed = 0,
  } = Object.fromEntries([...found].map(([, outcome, count]) => [outcome, Number(count)]))
  // What failed there was asked first.
  return { answered: asked - failed, all: asked + behind + away }
}
