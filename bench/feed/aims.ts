import type { Work } from './measure.ts'
import type { Results } from './results.ts'

/** What Parley aims at, and what came of it. */
interface Aim {
  readonly aim: string
  readonly limit: number
  readonly isLeast?: true
  readonly measured: number | undefined
  readonly unit: '×' | 'KB' | 'ms'
}

const ONE = 'one at a time'

/** Judges results; `most` is the largest number of followers in them. */
function aimsOf({ find }: Results, most: number): Aim[] {
  const at = `at ${most.toLocaleString('en')} followers`
  const cpu = (server: string, work: Work, followers: number) => find(server, work, followers)?.cpu
  const parley = cpu('parley', ONE, most)
  const memory = (server: string) => find(server, ONE, most)?.memory
  return [
    { aim: `CPU of the floor, ${at}`, limit: 1.1, measured: ratio(parley, cpu('floor', ONE, most)), unit: '×' },
    {
      aim: `p99 of the floor, ${at}`,
      limit: 1.2,
      measured: ratio(find('parley', ONE, most)?.p99, find('floor', ONE, most)?.p99),
      unit: '×',
    },
    {
      aim: `CPU of Yoga + graphql-ws against ours, ${at}`,
      ...{ limit: 10, isLeast: true, measured: ratio(cpu('yoga', ONE, most), parley), unit: '×' },
    },
    {
      aim: `CPU of PostGraphile against ours, ${at}`,
      ...{ limit: 12, isLeast: true, measured: ratio(cpu('postgraphile', ONE, most), parley), unit: '×' },
    },
    {
      aim: 'CPU of the floor, at 100 followers',
      ...{ limit: 1.25, measured: ratio(cpu('parley', ONE, 100), cpu('floor', ONE, 100)), unit: '×' },
    },
    {
      aim: `CPU of the floor, ten events at once, ${at}`,
      limit: 0.25,
      measured: ratio(cpu('parley', 'ten at once', most), cpu('floor', 'ten at once', most)),
      unit: '×',
    },
    {
      aim: `memory of a follower above the bare socket, ${at}`,
      ...{ limit: 15, measured: minus(memory('parley'), memory('floor')), unit: 'KB' },
    },
    {
      aim: `CPU of one operation, 100 operations, ${at}`,
      ...{ limit: 1.5, measured: ratio(cpu('parley', '100 operations', most), parley), unit: '×' },
    },
    {
      aim: 'p50 from commit to receipt by a single idle follower',
      ...{ limit: 10, measured: find('parley', 'idle follower', 1)?.p50, unit: 'ms' },
    },
  ]
}

function ratio(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined ? undefined : value / by
}

function minus(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined ? undefined : value - by
}

/** The aims as a table in Markdown. */
export function aimsTable(results: Results, most: number): string {
  const lines = aimsOf(results, most).map(({ aim, limit, isLeast, measured, unit }) => {
    const isMeasured = measured !== undefined && !Number.isNaN(measured)
    const verdict = !isMeasured ? 'not measured' : (isLeast ? measured >= limit : measured <= limit) ? 'met' : 'missed'
    const of = unit === '×' ? '×' : ` ${unit}`
    const value = isMeasured ? `${measured.toFixed(2)}${of}` : '–'
    return `| ${aim} | at ${isLeast ? 'least' : 'most'} ${limit}${of} | ${value} | ${verdict} |`
  })
  return ['| what | aim | measured | |', '|---|---|---|---|', ...lines].join('\n')
}
