import { behindProxy, CONNECTIONS, withoutReplica, withReplica } from './layout.ts'
import type { Results, Row } from './results.ts'
import { count, loadsOf, othersOf, ratioOf } from './table.ts'

/** From which share of all cores on there is none left for another process. */
const FULL = 0.9
/** How long an answer may take before whoever asked thinks that nothing happens, in milliseconds. */
const PATIENCE = 1000

/** What the tables say, in sentences: what further processes add and what kept them from adding more, what broke first. */
export function findings(results: Results, cores: number): string {
  const found = [gains(results, cores), replica(results), breaks(loadsOf(results)), disturbance(results.rows)]
  return found
    .flat()
    .map((line) => `- ${line}`)
    .join('\n')
}

/** Where the machine had no core left, a gain is what the machine had left, and not what a process adds. */
export function gains({ rows, ratio }: Results, cores: number): string[] {
  return rows
    .filter(({ layout }) => /^(two|three) /.test(layout))
    .flatMap((row) => {
      const gain = ratio('rate', row, { ...row, layout: behindProxy.name })
      if (gain === undefined) return []
      const busy = row.machine / cores
      const had = `the machine's ${cores} cores were busy for ${Math.round(busy * 100)} %`
      const why =
        busy >= FULL
          ? `${had}, the servers had ${row.servers.toFixed(2)} of them and others ${othersOf(row).toFixed(2)}: it is this machine that holds them up`
          : `${had}: something else holds them up`
      return [`${row.work}, ${row.layout}: ${ratioOf(gain)} times what one behind the proxy does; ${why}.`]
    })
}

function replica({ find, ratio }: Results): string[] {
  const at = { work: 'cold lists', atOnce: CONNECTIONS } as const
  const [of, to] = [
    { ...at, layout: withReplica.name },
    { ...at, layout: withoutReplica.name },
  ]
  const [rate, primary] = [ratio('rate', of, to), ratio('primary', of, to)]
  const row = find(of)
  if (rate === undefined || primary === undefined || row === undefined) return []
  return [
    `With a replica the primary used ${ratioOf(primary)} times the CPU, answers a second were ${ratioOf(rate)} times as many; ` +
      `the replica, which would be another machine, used ${row.replica.toFixed(2)} of this one's cores.`,
  ]
}

/** At which load the first answer is late, and the first one is refused. */
export function breaks(loads: readonly Row[]): string[] {
  const most = loads.at(-1)
  if (most === undefined) return []
  const late = loads.find(({ p99 }) => p99 > PATIENCE)
  const refused = loads.find((row) => row.refused > 0)
  return [
    late === undefined
      ? `One process: up to ${most.atOnce} at once, 99 of 100 cold lists were there within a second.`
      : `One process: from ${late.atOnce} at once on, one of 100 cold lists takes longer than a second (${count(late.p99)} ms at ${count(late.rate)} answers/s).`,
    refused === undefined
      ? `One process: up to ${most.atOnce} at once, nobody was turned away.`
      : `One process: from ${refused.atOnce} at once on, some are turned away with 503 (${(refused.refused * 100).toFixed(1)} %).`,
  ]
}

/** From how many cores on that others use, a comparison is rough. */
const DISTURBED = 0.2

/** How much of the machine went to neither what is measured nor the load generator while nobody wrote. */
export function disturbance(rows: readonly Row[]): string[] {
  const undisturbed = rows.filter(({ work, written }) => work !== 'deliveries' && Number.isNaN(written))
  if (undisturbed.length === 0) return []
  const most = Math.max(...undisturbed.map(othersOf))
  const used = `While lists were asked for, others used at most ${most.toFixed(2)} of a core`
  return [most > DISTURBED ? `${used}: the machine was not quiet, and all of this is rough.` : `${used}.`]
}
