import type { Results, Row } from './measure.ts'
import { questions } from './questions.ts'
import type { Loaded } from './records.ts'
import { count } from './table.ts'

interface Aim {
  readonly aim: string
  readonly limit: number
  readonly isLeast?: true
  /** The worst of what was measured, and of which question it is. */
  readonly measured: { readonly value: number; readonly of: string } | undefined
}

/** What Parley aims at, and what came of it: the worst question decides. */
export function aimsTable(results: Results, records: readonly { size: number; loaded: Loaded }[]): string {
  const lines = aimsOf(results, records).map(({ aim, limit, isLeast, measured }) => {
    const verdict =
      measured === undefined
        ? 'not measured'
        : (isLeast ? measured.value >= limit : measured.value <= limit)
          ? 'met'
          : 'missed'
    const value =
      measured === undefined ? '–' : `${count(Number(measured.value.toFixed(2)))}${measured.of && ` (${measured.of})`}`
    return `| ${aim} | at ${isLeast ? 'least' : 'most'} ${count(limit)} | ${value} | ${verdict} |`
  })
  return ['| what | aim | measured | |', '|---|---|---|---|', ...lines].join('\n')
}

function aimsOf({ rows, find }: Results, records: readonly { size: number; loaded: Loaded }[]): Aim[] {
  const [small, large] = [records[0]?.size as number, records.at(-1)?.size as number]
  const lists = questions.map(({ name }) => name).filter((name) => !/tally|search/.test(name))

  /** The worst ratio of a figure between two servers, over all questions, sizes and numbers of connections. */
  const rate = (server: Row['server'], by: Row['server']) =>
    worst(
      rows
        .filter((row) => row.server === server)
        .map((row) => ({ of: describe(row), value: ratio(row.rate, find({ ...row, server: by })?.rate) })),
      Math.min,
    )
  const slower = (from: Partial<Row>, to: Partial<Row>, among: readonly string[]) =>
    worst(
      among.map((question) => {
        const at = { question, server: 'Parley, cold', connections: 1, size: large } as const
        return { of: question, value: ratio(find({ ...at, ...to })?.p50, find({ ...at, ...from })?.p50) }
      }),
      Math.max,
    )
  const least = { isLeast: true } as const
  return [
    { aim: 'cold, against PostGraphile', limit: 1.5, ...least, measured: rate('Parley, cold', 'PostGraphile 5') },
    { aim: 'cold, against hand-written SQL', limit: 0.5, ...least, measured: rate('Parley, cold', 'hand-written SQL') },
    { aim: 'warm, against PostGraphile', limit: 20, ...least, measured: rate('Parley, warm', 'PostGraphile 5') },
    { aim: 'warm, against a static response', limit: 0.5, ...least, measured: rate('Parley, warm', 'static response') },
    {
      aim: `p50 of a list at ${count(large)} developments, against ${count(small)}`,
      limit: 2,
      measured: small === large ? undefined : slower({ size: small }, { size: large }, lists),
    },
    {
      aim: `p50 of page 2,000 against page 2, at ${count(large)} developments`,
      limit: 1.2,
      measured: slower({ question: 'page 2' }, { question: 'page 2,000' }, ['']),
    },
    {
      aim: 'developments a second, in bulk, with the server answering',
      ...{ limit: 2000, ...least },
      measured: worst(
        records.map(({ size, loaded }) => ({ of: count(size), value: loaded.developments / loaded.seconds })),
        Math.min,
      ),
    },
  ]
}

const describe = ({ question, size, connections }: Row) => `${question}, ${count(size)}, ${connections} at once`

function ratio(value: number | undefined, by: number | undefined): number | undefined {
  return value === undefined || by === undefined ? undefined : value / by
}

function worst(
  found: readonly { of: string; value: number | undefined }[],
  pick: (...values: number[]) => number,
): Aim['measured'] {
  const measured = found.flatMap(({ of, value }) => (value === undefined ? [] : [{ of, value }]))
  const extreme = pick(...measured.map(({ value }) => value))
  return measured.find(({ value }) => value === extreme)
}
