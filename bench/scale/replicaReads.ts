/** What became of the reads that a replica could have answered. */
export interface ReplicaReads {
  /** The replica has answered. */
  readonly answered: number
  /** The primary has, for the replica was not as far, or gave no answer in time. */
  readonly behind: number
  readonly away: number
}

/** Asks a server's metrics what became of them since it was started. Without a replica there are none. */
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
  return { answered: asked - failed, behind, away }
}

/** The shares of what has come between two looks; NaN where nothing has. */
export function sharesBetween(before: ReplicaReads, after: ReplicaReads): ReplicaReads {
  const of = (name: keyof ReplicaReads) => after[name] - before[name]
  const all = of('answered') + of('behind') + of('away')
  return { answered: of('answered') / all, behind: of('behind') / all, away: of('away') / all }
}
