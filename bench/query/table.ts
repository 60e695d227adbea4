import type { Results, Row } from './measure.ts'
import { questions } from './questions.ts'
import type { Loaded } from './records.ts'
import { names } from './servers.ts'

const COLUMNS = [
  ['question', 'developments', 'server', 'at once', 'answers/s', 'p50 ms', 'p99 ms'],
  ['CPU ms: server', 'PostgreSQL', 'KB', 'generator busy'],
].flat()

/** The results as a table in Markdown: by question, then by size and by how many ask at once. */
export function resultsTable({ rows }: Results): string {
  const asked = questions.map(({ name }) => name)
  const order = ({ question, size, connections, server }: Row) => [
    asked.indexOf(question),
    size,
    connections,
    names.indexOf(server),
  ]
  const sorted = [...rows].sort((a, b) => {
    const [left, right] = [order(a), order(b)]
    const i = left.findIndex((value, at) => value !== right[at])
    return i < 0 ? 0 : (left[i] as number) - (right[i] as number)
  })
  const lines = sorted.map((row) => [
    ...[row.question, count(row.size), row.server, String(row.connections)],
    ...[row.rate < 10 ? row.rate.toFixed(1) : count(Math.round(row.rate)), row.p50.toFixed(1), row.p99.toFixed(1)],
    ...[row.cpu.toFixed(2), row.postgresql.toFixed(2), (row.bytes / 1000).toFixed(1)],
    `${Math.round(row.generatorBusy * 100)} %`,
  ])
  return markdown([COLUMNS, COLUMNS.map((_, i) => (i === 0 || i === 2 ? '---' : '--:')), ...lines])
}

/** Whether the load generator held anybody up. */
export function boundLines({ rows }: Results): string {
  const held = rows.filter(({ generatorBusy, rate, cpu }) => generatorBusy > 0.9 && generatorBusy > (rate * cpu) / 1000)
  const most = Math.max(...rows.map(({ generatorBusy }) => generatorBusy))
  return [
    `The load generator was busy for at most ${Math.round(most * 100)} % of the time.`,
    ...held.map(
      ({ server, question, size, connections }) =>
        `It held up ${server}, ${question}, ${count(size)} developments, ${connections} at once: the answers a second are its own.`,
    ),
    ...rows
      .filter(({ refused }) => refused > 0)
      .map(
        ({ server, question, size, connections, refused }) =>
          `${server}, ${question}, ${count(size)} developments, ${connections} at once: ${count(refused)} were turned away with 503, and are in no other figure.`,
      ),
  ].join('\n')
}

/** How the records were loaded. */
export function loadedTable(records: readonly { readonly size: number; readonly loaded: Loaded }[]): string {
  const columns = [
    ['developments', 'told', 'seconds', 'developments/s', 'CPU ms a development: ingest', 'PostgreSQL'],
    ['MB', 'meanwhile: answers', 'p50 ms', 'p99 ms'],
  ].flat()
  const lines = records.map(({ size, loaded }) => {
    const { accounts, seconds, cpu, postgresql, memory, answers, developments } = loaded
    return [
      ...[count(size), count(accounts), seconds.toFixed(1), count(Math.round(developments / seconds))],
      ...[((cpu * 1000) / developments).toFixed(2), ((postgresql * 1000) / developments).toFixed(2)],
      ...[memory.toFixed(0), count(answers.count), answers.p50.toFixed(1), answers.p99.toFixed(1)],
    ]
  })
  return markdown([columns, columns.map(() => '--:'), ...lines])
}

export const count = (value: number) => value.toLocaleString('en')

const markdown = (lines: readonly (readonly string[])[]) => lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
