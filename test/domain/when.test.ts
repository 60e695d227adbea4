import { describe, expect, it } from 'vitest'
import { type Precision, span, ucdpDatePrecision, whenProblem } from '../../src/domain/when.ts'

const from = (date: string) => `${date}T00:00:00.000Z`
const to = (date: string) => `${date}T23:59:59.999Z`
const when = (earliest: string | null, latest: string | null, precision: Precision) => ({
  ...{ earliest: earliest && from(earliest), latest: latest && to(latest), precision, basis: 'STATED' as const },
})

describe('bounds that fit their precision', () => {
  it.each<[Precision, string | null, string | null]>([
    ['DAY', '2023-12-07', '2023-12-07'],
    ['DAY', '2024-02-29', '2024-02-29'],
    ['WEEK', '2023-12-29', '2024-01-04'],
    ['MONTH', '2024-02-01', '2024-02-29'],
    ['MONTH', '2023-12-01', '2023-12-31'],
    ['YEAR', '2023-01-01', '2023-12-31'],
    ['DECADE', '1990-01-01', '1999-12-31'],
    ['RANGE', '2023-12-07', '2023-12-09'],
    ['RANGE', null, '2023-12-09'],
    ['RANGE', '2023-12-07', null],
    ['UNKNOWN', null, null],
  ])('%s: %s to %s', (precision, earliest, latest) => {
    expect(whenProblem(when(earliest, latest, precision))).toBeUndefined()
  })

  it('TIME: less than a day', () => {
    const time = {
      earliest: '2023-12-07T18:30:00.000Z',
      latest: '2023-12-07T18:30:00.000Z',
      precision: 'TIME' as const,
    }
    expect(whenProblem(time)).toBeUndefined()
  })
})

describe('bounds that do not fit their precision', () => {
  it.each<[Precision, string | null, string | null, string]>([
    ['DAY', '2023-12-07', '2023-12-08', 'enclose exactly one day for precision DAY'],
    ['WEEK', '2023-12-04', '2023-12-09', 'enclose exactly one week for precision WEEK'],
    ['MONTH', '2023-10-01', '2023-10-01', 'enclose exactly one month for precision MONTH'],
    ['MONTH', '2023-02-01', '2023-02-29', 'enclose exactly one month for precision MONTH'],
    ['MONTH', '2023-10-02', '2023-11-01', 'enclose exactly one month for precision MONTH'],
    ['YEAR', '2023-02-01', '2024-01-31', 'enclose exactly one year for precision YEAR'],
    ['DECADE', '1991-01-01', '2000-12-31', 'enclose exactly one decade for precision DECADE'],
    ['TIME', '2023-12-07', '2023-12-08', 'span less than a day for precision TIME'],
    [
      'RANGE',
      '2023-12-09',
      '2023-12-07',
      'not end (2023-12-07T23:59:59.999Z) before it begins (2023-12-09T00:00:00.000Z)',
    ],
    [
      'UNKNOWN',
      '2023-12-09',
      '2023-12-07',
      'not end (2023-12-07T23:59:59.999Z) before it begins (2023-12-09T00:00:00.000Z)',
    ],
    [
      'DAY',
      '2023-12-07',
      null,
      'have both bounds for precision DAY; use RANGE where one side is open, UNKNOWN where both are',
    ],
  ])('%s: %s to %s must %s', (precision, earliest, latest, rule) => {
    // 29 February 2023 is 1 March to JavaScript: the bounds as they would come in.
    expect(whenProblem(when(earliest, latest, precision))).toBe(rule)
  })
})

describe('as numbers', () => {
  it('a moment is its milliseconds', () => {
    expect(span(when('1970-01-01', '1970-01-01', 'DAY'))).toEqual([0, 86_399_999])
  })

  it('an open side is infinite', () => {
    expect(span(when(null, null, 'UNKNOWN'))).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  })
})

describe("UCDP's date precision", () => {
  it.each<[ReturnType<typeof ucdpDatePrecision>, Precision, string | null, string | null]>([
    [1, 'DAY', '2023-12-07', '2023-12-07'],
    [2, 'RANGE', '2023-12-07', '2023-12-08'],
    [2, 'RANGE', '2023-12-07', '2023-12-12'],
    [3, 'WEEK', '2023-12-04', '2023-12-10'],
    [4, 'RANGE', '2023-12-04', '2023-12-11'],
    [4, 'MONTH', '2023-12-01', '2023-12-31'],
    [5, 'RANGE', '2023-11-01', '2023-12-31'],
    [5, 'YEAR', '2024-01-01', '2024-12-31'],
    [null, 'DECADE', '1990-01-01', '1999-12-31'],
    [null, 'RANGE', '2023-12-07', null],
  ])('is %s for %s %s to %s', (code, precision, earliest, latest) => {
    expect(ucdpDatePrecision(when(earliest, latest, precision))).toBe(code)
  })
})
