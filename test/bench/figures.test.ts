import { describe, expect, it } from 'vitest'
import { median, percentile } from '../../bench/feed/figures.ts'
import { openReceipts } from '../../bench/feed/receipts.ts'

describe('percentiles', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, i) => i + 1)

  it('are the value at the nearest rank', () => {
    expect([0, 0.01, 0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 1, 50, 95, 99, 100])
    expect([0.5, 0.99].map((share) => percentile([7], share))).toEqual([7, 7])
    expect([0.5, 0.51].map((share) => percentile([1, 2], share))).toEqual([1, 2])
    expect(percentile([], 0.5)).toBeNaN()
  })

  it('are, as medians, the middle of what was measured', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([10, Number.NaN, 9])).toBe(9.5)
    expect(median([Number.NaN])).toBeNaN()
  })
})

describe('receipts', () => {
  it('count from each event’s own commit, and the time under way once for what was committed together', () => {
    const receipts = openReceipts(11, 3, 2)
    const last = [
      receipts.note(11, 105, 700),
      receipts.note(11, 110, 700),
      receipts.note(12, 202, 800),
      receipts.note(13, 203, 800),
      receipts.note(12, 204, 800),
      receipts.note(13, 220, 800),
    ]
    expect(last).toEqual([false, true, false, false, true, true])
    expect(receipts.count([100, 200, 200])).toEqual({
      ...{ deliveries: 6, p50: 4, p95: 20, p99: 20, bytes: 4600 / 6 },
      // 10 ms for the first one, 20 ms for the two of one transaction.
      span: 0.03,
    })
  })

  it('refuse what is missing, too much, or of another time', () => {
    const receipts = openReceipts(5, 2, 1)
    expect(() => receipts.note(4, 1, 1)).toThrow('4')
    receipts.note(5, 1, 1)
    expect(() => receipts.note(5, 1, 1)).toThrow('5')
    expect(() => receipts.count([0, 0])).toThrow('1,0')
    receipts.note(6, 1, 1)
    expect(() => receipts.count([0])).toThrow('1,1')
  })
})
