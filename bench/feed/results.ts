import { median } from './figures.ts'
import type { Measure, Row, Work } from './measure.ts'

/** The medians of all rounds. */
export interface Results {
  /** Every row once, in the order in which it was measured first. */
  readonly rows: readonly Row[]
  /** Undefined: not measured. */
  find(server: string, work: Work, followers: number): Row | undefined
}

/** Takes the median of each figure over the rounds. */
export function resultsOf(measured: readonly Row[]): Results {
  const groups = new Map<string, Row[]>()
  for (const row of measured) {
    const key = keyOf(row.server, row.work, row.followers)
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  const rows = new Map([...groups].map(([key, group]) => [key, middle(group)]))
  return {
    rows: [...rows.values()],
    find: (server, work, followers) => rows.get(keyOf(server, work, followers)),
  }
}

const keyOf = (server: string, work: Work, followers: number) => `${server} ${work} ${followers}`

function middle(rows: readonly Row[]): Row {
  const first = rows[0] as Row
  const figures = Object.entries(first).map(([name, value]) => [
    name,
    typeof value === 'number' ? median(rows.map((row) => row[name as keyof Measure])) : value,
  ])
  return Object.fromEntries(figures)
}
