import { median } from '../feed/figures.ts'
import type { Name } from './servers.ts'

/** What one round measured of one server at one question. */
export interface Measure {
  /** Answers a second. */
  readonly rate: number
  /** Milliseconds from sending a request to the end of its answer. */
  readonly p50: number
  readonly p99: number
  /** CPU milliseconds a request: of the server, and of PostgreSQL with all of its processes. */
  readonly cpu: number
  readonly postgresql: number
  /** Mean length of an answer. */
  readonly bytes: number
  /** How much of the time the load generator was busy; 1 is one core. */
  readonly generatorBusy: number
  /** How many requests were turned away with 503, since the database was not to be had in time. */
  readonly refused: number
}

export interface Row extends Measure {
  readonly size: number
  readonly question: string
  readonly server: Name
  readonly connections: number
}

/** The medians of all rounds. */
export interface Results {
  /** Every row once, in the order in which it was measured first. */
  readonly rows: readonly Row[]
  find(wanted: Pick<Row, 'size' | 'question' | 'server' | 'connections'>): Row | undefined
}

export function resultsOf(measured: readonly Row[]): Results {
  const groups = new Map<string, Row[]>()
  for (const row of measured) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  const rows = new Map([...groups].map(([key, group]) => [key, middle(group)]))
  return { rows: [...rows.values()], find: (wanted) => rows.get(keyOf(wanted)) }
}

const keyOf = ({ size, question, server, connections }: Pick<Row, 'size' | 'question' | 'server' | 'connections'>) =>
  [size, question, server, connections].join('/')

function middle(rows: readonly Row[]): Row {
  const first = rows[0] as Row
  const of = (name: keyof Measure) => median(rows.map((row) => row[name]))
  return {
    ...first,
    ...{ rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu'), postgresql: of('postgresql') },
    ...{ bytes: of('bytes'), generatorBusy: of('generatorBusy'), refused: of('refused') },
  }
}
