/** The spans by which a tally counts, in UTC. Weeks are those of ISO 8601: they begin on Monday. */
export const timeBuckets = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const
export type TimeBucket = (typeof timeBuckets)[number]

const DAY_MS = 86_400_000

/** The beginning of the bucket that holds a moment. */
export function bucketStart(bucket: TimeBucket, moment: Date): Date {
  const start = new Date(moment)
  start.setUTCHours(0, 0, 0, 0)
  switch (bucket) {
    case 'DAY':
      return start
    case 'WEEK':
      start.setUTCDate(start.getUTCDate() - ((start.getUTCDay() + 6) % 7))
      return start
    case 'MONTH':
      start.setUTCDate(1)
      return start
    case 'QUARTER':
      start.setUTCMonth(start.getUTCMonth() - (start.getUTCMonth() % 3), 1)
      return start
    case 'YEAR':
      start.setUTCMonth(0, 1)
      return start
    default:
      return bucket satisfies never
  }
}

/** The beginning of the bucket that lies `count` buckets after the one that begins at `start`. */
export function bucketAfter(bucket: TimeBucket, start: Date, count = 1): Date {
  const next = new Date(start)
  if (bucket === 'DAY' || bucket === 'WEEK') {
    next.setUTCDate(next.getUTCDate() + count * (bucket === 'DAY' ? 1 : 7))
  } else {
    next.setUTCMonth(next.getUTCMonth() + count * months[bucket])
  }
  return next
}

const months = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const

/** How many buckets there are from the one that begins at `first` to the one that begins at `last`, both included. */
export function countBuckets(bucket: TimeBucket, first: Date, last: Date): number {
  if (bucket === 'DAY' || bucket === 'WEEK') {
    return (last.getTime() - first.getTime()) / (bucket === 'DAY' ? DAY_MS : 7 * DAY_MS) + 1
  }
  const apart = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth()
  return apart / months[bucket] + 1
}

/** The name of the bucket that begins at `start`, as ISO 8601 writes it: 2023-12-07, 2023-W49, 2023-12, 2023; a quarter is 2023-Q4. */
export function bucketLabel(bucket: TimeBucket, start: Date): string {
  const [day] = start.toISOString().split('T') as [string]
  const [year, month] = [day.slice(0, -6), day.slice(0, -3)]
  switch (bucket) {
    case 'DAY':
      return day
    case 'WEEK':
      return weekLabel(start)
    case 'MONTH':
      return month
    case 'QUARTER':
      return `${year}-Q${Math.floor(start.getUTCMonth() / 3) + 1}`
    case 'YEAR':
      return year
    default:
      return bucket satisfies never
  }
}

// A week belongs to the year of its Thursday.
function weekLabel(monday: Date): string {
  const thursday = new Date(monday.getTime() + 3 * DAY_MS)
  const week = Math.floor((thursday.getTime() - bucketStart('YEAR', thursday).getTime()) / (7 * DAY_MS)) + 1
  return `${bucketLabel('YEAR', bucketStart('YEAR', thursday))}-W${String(week).padStart(2, '0')}`
}

/** Between which buckets something may lie, by where each begins; null: unbounded on that side. */
export interface BucketSpan {
  readonly first: Date | null
  readonly last: Date | null
}

/**
 * Whether something is counted in a bucket: the one that holds both the earliest and the latest moment at which it can
 * have happened. What may lie in several is counted in none, since no source says in which.
 */
export function isCertain({ first, last }: BucketSpan): boolean {
  return first !== null && first.getTime() === last?.getTime()
}
