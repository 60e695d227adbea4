/** How finely a date is known. The first seven name the unit that `earliest` and `latest` enclose. */
export const precisions = ['TIME', 'DAY', 'RANGE', 'WEEK', 'MONTH', 'YEAR', 'DECADE', 'UNKNOWN'] as const
export type Precision = (typeof precisions)[number]

/** Whether the report gives the date, its dateline implies it, or we inferred it. */
export const bases = ['STATED', 'DATELINE', 'INFERRED'] as const
export type Basis = (typeof bases)[number]

/**
 * When something happened, as finely as the source says and no finer.
 * Bounds are ISO 8601 instants in UTC, both inclusive, to the millisecond; null: unbounded on that side.
 * "October" is earliest 1 October 00:00:00.000, latest 31 October 23:59:59.999, precision MONTH.
 */
export interface When {
  readonly earliest: string | null
  readonly latest: string | null
  readonly precision: Precision
  readonly basis: Basis
  readonly asReported?: string | undefined
  /** Why an inferred date is what it is. */
  readonly reason?: string | undefined
}

/** UCDP GED date_prec: 1 exact day … 5 more than a month, up to a year; null where UCDP has no code. */
export function ucdpDatePrecision(when: When): 1 | 2 | 3 | 4 | 5 | null {
  if (when.earliest === null || when.latest === null) return null
  const days = (Date.parse(when.latest) - Date.parse(when.earliest)) / 86_400_000
  if (days <= 1) return 1
  if (days <= 6) return 2
  if (days <= 7) return 3
  if (days <= 31) return 4
  return days <= 366 ? 5 : null
}

/** The bounds as numbers, unbounded sides as infinities: comparable without special cases. */
export function span(when: When): readonly [from: number, to: number] {
  return [
    when.earliest === null ? Number.NEGATIVE_INFINITY : Date.parse(when.earliest),
    when.latest === null ? Number.POSITIVE_INFINITY : Date.parse(when.latest),
  ]
}

/** Why bounds and precision do not fit each other, in words that complete "must …"; undefined when they do. */
export function whenProblem(when: Pick<When, 'earliest' | 'latest' | 'precision'>): string | undefined {
  const { earliest, latest, precision } = when
  if (earliest !== null && latest !== null && Date.parse(latest) < Date.parse(earliest)) {
    return `not end (${latest}) before it begins (${earliest})`
  }
  if (precision === 'UNKNOWN' || precision === 'RANGE') return undefined
  if (earliest === null || latest === null) {
    return `have both bounds for precision ${precision}; use RANGE where one side is open, UNKNOWN where both are`
  }
  const [from, to] = [new Date(earliest), new Date(latest)]
  if (fills(precision, from, to)) return undefined
  return precision === 'TIME'
    ? 'span less than a day for precision TIME'
    : `enclose exactly one ${precision.toLowerCase()} for precision ${precision}`
}

function fills(precision: Exclude<Precision, 'UNKNOWN' | 'RANGE'>, from: Date, to: Date): boolean {
  if (precision === 'TIME') return to.getTime() - from.getTime() < 86_400_000
  const next = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()))
  if (next.getTime() !== from.getTime()) return false
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth()]
  switch (precision) {
    case 'DAY':
      next.setUTCDate(next.getUTCDate() + 1)
      break
    case 'WEEK':
      next.setUTCDate(next.getUTCDate() + 7)
      break
    case 'MONTH':
      if (from.getUTCDate() !== 1) return false
      next.setUTCMonth(month + 1)
      break
    case 'YEAR':
      if (from.getUTCDate() !== 1 || month !== 0) return false
      next.setUTCFullYear(year + 1)
      break
    case 'DECADE':
      if (from.getUTCDate() !== 1 || month !== 0 || year % 10 !== 0) return false
      next.setUTCFullYear(year + 10)
      break
    default:
      precision satisfies never
  }
  return next.getTime() - 1 === to.getTime()
}
