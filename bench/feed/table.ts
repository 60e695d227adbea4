import type { Row, Work } from './measure.ts'
import type { Results } from './results.ts'
import { servers } from './servers.ts'

const works: readonly Work[] = ['one at a time', '100 operations', 'ten at once', 'catch-up', 'idle follower']

const COLUMNS = [
  ['work', 'followers', 'server'],
  ['CPU s for 100,000', '× floor', 'deliveries/s', 'p50 ms', 'p95 ms', 'p99 ms'],
  ['KB a follower', 'bytes', 'generator’s CPU s', 'busy: server', 'generator'],
].flat()

/** The results as a table in Markdown: by kind of work, then by the number of followers. */
export function resultsTable(results: Results): string {
  const rank = ({ work, followers }: Row) => works.indexOf(work) * 1e6 + followers
  const rows = [...results.rows].sort((a, b) => rank(a) - rank(b))
  return [
    COLUMNS,
    COLUMNS.map((_, i) => (i === 0 || i === 2 ? '---' : '--:')),
    ...rows.map((row) => cells(results, row)),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function cells({ find }: Results, row: Row): string[] {
  const { work, followers } = row
  // Nobody measures one follower's CPU, and what is long over was not waited for.
  const isIdle = work === 'idle follower'
  const floor = find('floor', work === '100 operations' ? 'one at a time' : work, followers)
  return [
    work,
    followers.toLocaleString('en'),
    nameOf(row),
    isIdle ? '–' : figure(row.cpu, 2),
    isIdle || floor === undefined ? '–' : figure(row.cpu / floor.cpu, 2),
    isIdle ? '–' : Math.round(row.rate).toLocaleString('en'),
    ...[row.p50, row.p95, row.p99].map((latency) => figure(latency, 1)),
    figure(row.memory, 1),
    figure(row.bytes, 0),
    isIdle ? '–' : figure(row.generatorCpu, 2),
    ...[row.busy, row.generatorBusy].map((share) => (isIdle ? '–' : `${figure(share * 100, 0)} %`)),
  ]
}

function figure(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits)
}

/** What bounds the figures: where the load generator did, and what part of every latency is PostgreSQL's. */
export function boundLines({ rows, find }: Results): string {
  const measured = rows.filter(({ work }) => work !== 'idle follower')
  const most = Math.max(...measured.map(({ generatorBusy }) => generatorBusy))
  const held = measured.filter((row) => row.generatorBusy > 0.9 && row.generatorBusy > row.busy)
  const commits = ['floor', 'parley'].flatMap((server) => {
    const row = find(server, 'idle follower', 1)
    return row === undefined ? [] : [`${row.commit.toFixed(1)} ms (${nameOf(row)})`]
  })
  return [
    `The load generator was busy for at most ${Math.round(most * 100)} % of the time that deliveries were under way.`,
    ...held.map(
      (row) =>
        `It held up ${nameOf(row)}, ${row.work}, ${row.followers} followers: the deliveries a second are its own.`,
    ),
    ...(commits.length > 0 ? [`Latencies count from the COMMIT, which took PostgreSQL ${commits.join(', ')}.`] : []),
  ].join('\n')
}

const nameOf = ({ server }: Row) => servers[server]?.name ?? server
