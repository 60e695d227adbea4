import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bucketAfter,
  bucketLabel,
  bucketStart,
  countBuckets,
  isCertain,
  type TimeBucket,
  timeBuckets,
} from '../../src/domain/bucket.ts'

const begin = (day: string) => new Date(`${day}T00:00:00.000Z`)
const end = (day: string) => new Date(`${day}T23:59:59.999Z`)

/** In which day, week, month, quarter and year something is counted; null: in none, since it may lie in several. */
const cases: [what: string, earliest: Date | null, latest: Date | null, counted: (string | null)[]][] = [
  ['a day', begin('2023-12-07'), end('2023-12-07'), ['2023-12-07', '2023-W49', '2023-12', '2023-Q4', '2023']],
  ['a moment', end('2023-12-07'), end('2023-12-07'), ['2023-12-07', '2023-W49', '2023-12', '2023-Q4', '2023']],
  ['October', begin('2023-10-01'), end('2023-10-31'), [null, null, '2023-10', '2023-Q4', '2023']],
  ['the end of October', begin('2023-10-21'), end('2023-10-31'), [null, null, '2023-10', '2023-Q4', '2023']],
  ['7 or 8 December', begin('2023-12-07'), end('2023-12-08'), [null, '2023-W49', '2023-12', '2023-Q4', '2023']],
  [
    'a week, Monday to Sunday',
    begin('2023-12-04'),
    end('2023-12-10'),
    [null, '2023-W49', '2023-12', '2023-Q4', '2023'],
  ],
  ['seven days that no week holds', begin('2023-12-07'), end('2023-12-13'), [null, null, '2023-12', '2023-Q4', '2023']],
  ['a week of two months', begin('2023-11-27'), end('2023-12-03'), [null, '2023-W48', null, '2023-Q4', '2023']],
  ['late 2020', begin('2020-10-01'), end('2020-12-31'), [null, null, null, '2020-Q4', '2020']],
  ['summer', begin('2023-06-01'), end('2023-08-31'), [null, null, null, null, '2023']],
  ['a year', begin('1991-01-01'), end('1991-12-31'), [null, null, null, null, '1991']],
  ['the 1990s', begin('1990-01-01'), end('1999-12-31'), [null, null, null, null, null]],
  ['New Year’s Eve and Day', begin('2018-12-31'), end('2019-01-01'), [null, '2019-W01', null, null, null]],
  ['not after 7 December', null, end('2023-12-07'), [null, null, null, null, null]],
  ['not before 19 September', begin('2023-09-19'), null, [null, null, null, null, null]],
  ['no date', null, null, [null, null, null, null, null]],
]

describe('a bucket', () => {
  it.each(cases)('counts %s only where it can lie in no other', (_what, earliest, latest, counted) => {
    const found = timeBuckets.map((bucket) => {
      const [first, last] = [earliest, latest].map((moment) => moment && bucketStart(bucket, moment)) as [Date, Date]
      const span = { first, last }
      return isCertain(span) ? bucketLabel(bucket, first) : null
    })
    expect(found).toEqual(counted)
  })

  // The examples of ISO 8601 for weeks at the turn of a year.
  it.each([
    ['2005-01-01', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2007-01-01', '2007-W01'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2020-12-31', '2020-W53'],
    ['2024-12-30', '2025-W01'],
  ])('names the week of %s as ISO 8601 does: %s', (day, label) => {
    expect(bucketLabel('WEEK', bucketStart('WEEK', begin(day)))).toBe(label)
  })

  it.each(timeBuckets.map((bucket) => [bucket]))('of a %s follows the one before it, without a gap', (bucket) => {
    const moment = fc.date({ min: begin('0001-01-01'), max: end('2999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 400 }), (at, count) => {
        const start = bucketStart(bucket, at)
        const next = bucketAfter(bucket, start)
        expect(start <= at && at < next).toBe(true)
        expect(bucketStart(bucket, next)).toEqual(next)
        expect(bucketStart(bucket, new Date(next.getTime() - 1))).toEqual(start)
        expect(countBuckets(bucket, start, bucketAfter(bucket, start, count))).toBe(count + 1)
        expect(labelled(bucket, start)).toBeLessThan(labelled(bucket, next))
      }),
    )
  })
})

/** Labels of one length sort as their buckets do. */
function labelled(bucket: TimeBucket, start: Date): number {
  return Number(bucketLabel(bucket, start).replace(/\D/g, ''))
}
