import { median } from '../feed/figures.ts'
import type { Layout } from './layout.ts'
import type { ReplicaReads } from './replicaReads.ts'
import type { Usage } from './usage.ts'

/** What was done with the servers. */
export type Work = 'cold lists' | 'warm lists' | 'deliveries'

/**
 * What one round has measured of one layout at one piece of work. Reads that a replica could have answered are shares;
 * NaN: there is none.
 */
export interface Figures extends Usage, ReplicaReads {
  /** Answers or deliveries a second. */
  readonly rate: number
  /** Milliseconds from asking to the end of the answer, or from the commit to receipt. */
  readonly p50: number
  readonly p99: number
  /** The share of requests that were answered with 503; they are in no other figure. */
  readonly refused: number
  /** Developments that were ingested a second meanwhile; NaN: none were. */
  readonly written: number
  /** The cores that the load generator used. */
  readonly generator: number
}

/** What is measured. */
export interface Place {
  readonly layout: Layout['name']
  readonly work: Work
  /** How many ask or follow. */
  readonly atOnce: number
}

export interface Row extends Place, Figures {
  readonly round: number
}

/** How many times as much as something else: the median over rounds, and between what the rounds lie. */
export interface Ratio {
  readonly value: number
  readonly least: number
  readonly most: number
}

/** The medians of all rounds. */
export interface Results {
  /** Every place once, in the order in which it was measured first. */
  readonly rows: readonly Row[]
  find(place: Place): Row | undefined
  /**
   * A figure of one place by that of another. Only what one round has measured is compared, for from round to round the
   * machine is another one. Undefined: no round has both.
   */
  ratio(figure: keyof Figures, of: Place, to: Place): Ratio | undefined
}

export function resultsOf(measured: readonly Row[]): Results {
  const groups = new Map<string, Row[]>()
  for (const row of measured) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  const rows = new Map([...groups].map(([key, group]) => [key, middle(group)]))
  return {
    rows: [...rows.values()],
    find: (place) => rows.get(keyOf(place)),
    ratio(figure, of, to) {
      const others = groups.get(keyOf(to)) ?? []
      const ratios = (groups.get(keyOf(of)) ?? []).flatMap((row) => {
        const other = others.find(({ round }) => round === row.round)
        return other === undefined ? [] : [row[figure] / other[figure]]
      })
      if (ratios.length === 0) return undefined
      return { value: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) }
    },
  }
}

const keyOf = ({ layout, work, atOnce }: Place) => [layout, work, atOnce].join('/')

function middle(rows: readonly Row[]): Row {
  const figures = Object.entries(rows[0] as Row).map(([name, value]) => [
    name,
    typeof value === 'number' ? median(rows.map((row) => row[name as keyof Figures])) : value,
  ])
  return Object.fromEntries(figures)
}
