import {
  type BucketSpan,
  bucketAfter,
  bucketLabel,
  bucketStart,
  countBuckets,
  isCertain,
  type TimeBucket,
} from '../domain/bucket.ts'
import type { TallyRow } from '../store/tally.ts'
import { builder } from './builder.ts'
import { badInput } from './refused.ts'

const MOST_BUCKETS = 1000

/** The buckets of a timeline, by where each begins; none: null. */
export interface Range {
  readonly bucket: TimeBucket
  readonly starts: readonly Date[]
}

/** What is counted of some developments. Each is in exactly one of the three: in a bucket, uncertain or undated. */
export interface Counted {
  readonly rows: readonly TallyRow[]
  readonly range: Range | null
  readonly bucket: TimeBucket | null
}

/**
 * The buckets from `from` to `to`; where one is left out, from the first or to the last that something is counted in.
 * Throws a GraphQLError for more than a timeline may have.
 */
export function rangeOf(
  bucket: TimeBucket,
  from: Date | null | undefined,
  to: Date | null | undefined,
  rows: readonly TallyRow[],
): Range | null {
  const held = rows.filter(isCertain).map(({ first }) => (first as Date).getTime())
  const bounds = [...(from ? [from] : []), ...(to ? [to] : [])].map((day) => bucketStart(bucket, day).getTime())
  if (held.length + bounds.length === 0) return null
  const all = [...held, ...bounds].sort((a, b) => a - b)
  const first = from ? bucketStart(bucket, from) : new Date(all[0] as number)
  const last = to ? bucketStart(bucket, to) : new Date(all.at(-1) as number)
  const count = countBuckets(bucket, first, last)
  if (count > MOST_BUCKETS) {
    const span = `${bucketLabel(bucket, first)} to ${bucketLabel(bucket, last)}`
    const rule = `makes ${count} buckets, from ${span}, and may make at most ${MOST_BUCKETS}: choose a coarser one, or narrow \`from\` and \`to\``
    throw badInput('bucket', rule, bucket)
  }
  return { bucket, starts: Array.from({ length: count }, (_, i) => bucketAfter(bucket, first, i)) }
}

const Bucket = builder.objectRef<{ range: Range; start: Date; count: number }>('TallyBucket').implement({
  description: 'One span of a timeline and what is known to have happened in it.',
  fields: (t) => ({
    label: t.string({
      description: 'Its name: 2023-12-07, 2023-W49 (ISO 8601: weeks begin on Monday), 2023-12, 2023-Q4, 2023.',
      resolve: ({ range, start }) => bucketLabel(range.bucket, start),
    }),
    start: t.expose('start', { type: 'Date', description: 'Its first day, UTC.' }),
    end: t.field({
      type: 'Date',
      description: 'Its last day, UTC.',
      resolve: ({ range, start }) => lastDay(range.bucket, start),
    }),
    count: t.exposeInt('count', { description: 'How many certainly happened in it. 0: none is known to have.' }),
  }),
})

const Uncertain = builder.objectRef<BucketSpan & { bucket: TimeBucket; count: number }>('TallyUncertain').implement({
  description:
    'Developments whose date does not fit into one bucket: October 2023 is no day of it. They are in none of the buckets.',
  fields: (t) => ({
    first: t.string({
      nullable: true,
      description: 'Label of the earliest bucket that may hold them; null: no report says not before when.',
      resolve: ({ bucket, first }) => first && bucketLabel(bucket, first),
    }),
    last: t.string({
      nullable: true,
      description: 'Label of the latest bucket that may hold them; null: no report says not after when.',
      resolve: ({ bucket, last }) => last && bucketLabel(bucket, last),
    }),
    start: t.field({
      type: 'Date',
      nullable: true,
      description: 'First day of the earliest bucket that may hold them.',
      resolve: ({ first }) => first,
    }),
    end: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day of the latest bucket that may hold them.',
      resolve: ({ bucket, last }) => last && lastDay(bucket, last),
    }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
})

function lastDay(bucket: TimeBucket, start: Date): Date {
  return new Date(bucketAfter(bucket, start).getTime() - 1)
}

/** The fields of everything that is counted along a timeline: a tally as a whole, and each of its groups. */
// biome-ignore lint/suspicious/noExplicitAny: Pothos gives each object a builder type of its own
export function timelineFields(t: any) {
  return {
    buckets: t.field({
      type: [Bucket],
      description:
        'The timeline, without gaps: from the first to the last bucket in which the tally counts anything, or from `from` to `to`. Empty without `bucket`.',
      resolve: ({ rows, range }: Counted) => (range === null ? [] : bucketCounts(rows, range)),
    }),
    uncertain: t.field({
      type: [Uncertain],
      description: 'Those whose date leaves open which bucket they belong to, by the buckets between which they lie.',
      resolve: ({ rows, bucket }: Counted) =>
        bucket === null
          ? []
          : rows
              .filter(isUncertain)
              .map((row) => ({ ...row, bucket }))
              .sort(bySpan),
    }),
    uncertainCount: t.int({
      description: 'How many leave open which bucket they belong to: the sum of `uncertain`.',
      resolve: ({ rows, bucket }: Counted) => (bucket === null ? 0 : sum(rows.filter(isUncertain))),
    }),
    undatedCount: t.int({
      description: 'How many have no date at all. With `from` or `to` they stay in: they may have happened then.',
      resolve: ({ rows }: Counted) => sum(rows.filter(({ dated }) => !dated)),
    }),
  }
}

function bucketCounts(rows: readonly TallyRow[], range: Range) {
  const held = new Map(rows.filter(isCertain).map(({ first, count }) => [(first as Date).getTime(), count]))
  return range.starts.map((start) => ({ range, start, count: held.get(start.getTime()) ?? 0 }))
}

const isUncertain = (row: TallyRow) => row.dated && !isCertain(row)

export function sum(rows: readonly TallyRow[]): number {
  return rows.reduce((total, { count }) => total + count, 0)
}

function bySpan(a: BucketSpan, b: BucketSpan): number {
  const at = (moment: Date | null, unbounded: number) => moment?.getTime() ?? unbounded
  const [first, last] = [-8.64e15, 8.64e15]
  return at(a.first, first) - at(b.first, first) || at(a.last, last) - at(b.last, last)
}
