import { alone, behindProxy, CONNECTIONS, layouts, withoutReplica, withReplica } from './layout.ts'
import type { Figures, Ratio, Results, Row, Work } from './results.ts'

const works: readonly Work[] = ['cold lists', 'warm lists', 'deliveries']
const WHO = ['servers', 'proxy', 'PostgreSQL', 'generator', 'others', 'machine']

/** What processes behind the proxy add. */
export function processesTable(results: Results): string {
  const columns = [
    ['what', 'at once', 'layout', 'a second', '× one process', '× one behind the proxy', 'p50 ms', 'p99 ms'],
    WHO,
  ].flat()
  const lines = works.flatMap((work) =>
    layouts.flatMap(({ name, isWritten }) => {
      const isOf = (row: Row) => row.layout === name && row.work === work
      const row = results.rows.find((row) => isOf(row) && (work === 'deliveries' || row.atOnce === CONNECTIONS))
      if (row === undefined || isWritten) return []
      const by = (layout: string) => ratioOf(results.ratio('rate', row, { ...row, layout }))
      const names = [work, count(row.atOnce), name]
      const used = sharesOf(row)
      return [[...names, count(row.rate), by(alone.name), by(behindProxy.name), ms(row.p50), ms(row.p99), ...used]]
    }),
  )
  return markdown(columns, lines, [0, 2])
}

/** What a replica adds while something is ingested. */
export function replicaTable(results: Results): string {
  const columns = [
    [
      'cold lists, 32 at once, while something is ingested',
      'answers/s',
      '× without',
      'p50 ms',
      'p99 ms',
      'by the replica',
      'it was behind',
      'away',
    ],
    ['developments/s', '× without', 'servers', 'primary', 'replica', 'generator', 'others', 'machine'],
  ].flat()
  const at = { work: 'cold lists', atOnce: CONNECTIONS } as const
  const lines = [withoutReplica, withReplica].flatMap(({ name }) => {
    const row = results.find({ ...at, layout: name })
    if (row === undefined) return []
    const by = (figure: keyof Figures) => ratioOf(results.ratio(figure, row, { ...at, layout: withoutReplica.name }))
    const used = [row.servers, row.primary, row.replica, row.generator, othersOf(row), row.machine].map(share)
    const byReplica = Number.isNaN(row.answered) ? ['–', '–', '–'] : [row.answered, row.behind, row.away].map(share)
    const said = [name, count(row.rate), by('rate'), ms(row.p50), ms(row.p99), ...byReplica]
    return [[...said, count(row.written), by('written'), ...used]]
  })
  return markdown(columns, lines, [0])
}

/** What becomes of one process when more and more ask. */
export function loadTable(results: Results): string {
  const columns = ['cold lists, at once', 'answers/s', 'p50 ms', 'p99 ms', 'turned away (503)', ...WHO]
  const lines = loadsOf(results).map((row) => [
    ...[count(row.atOnce), count(row.rate), ms(row.p50), ms(row.p99), `${(row.refused * 100).toFixed(1)} %`],
    ...sharesOf(row),
  ])
  return markdown(columns, lines, [])
}

/** What one process came to under each load, ascending. */
export function loadsOf({ rows }: Results): Row[] {
  return rows
    .filter(({ layout, work }) => layout === alone.name && work === 'cold lists')
    .sort((a, b) => a.atOnce - b.atOnce)
}

/** The cores that neither what is measured nor the load generator used: who writes, the kernel, other programs. */
export function othersOf({ machine, servers, proxy, primary, replica, generator }: Figures): number {
  return Math.max(0, machine - servers - proxy - primary - replica - generator)
}

function sharesOf(row: Row): string[] {
  return [row.servers, row.proxy, row.primary, row.generator, othersOf(row), row.machine].map(share)
}

/** Cores as a share of one. */
const share = (value: number) => `${Math.round(value * 100)} %`
const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0)
export const count = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

/** A ratio, and what it was in the rounds if there were several. */
export function ratioOf(ratio: Ratio | undefined): string {
  if (ratio === undefined) return '–'
  const { value, least, most } = ratio
  const text = value.toFixed(2)
  return least === most ? text : `${text} (${least.toFixed(2)}–${most.toFixed(2)})`
}

/** @param words which columns hold words: they stand on the left */
function markdown(columns: readonly string[], lines: readonly (readonly string[])[], words: readonly number[]): string {
  const rule = columns.map((_, i) => (words.includes(i) ? '---' : '--:'))
  return [columns, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
