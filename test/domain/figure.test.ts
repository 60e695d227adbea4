import { describe, expect, it } from 'vitest'
import { envelope, type Figure, figureProblem, overlap, type Qualifier, range } from '../../src/domain/figure.ts'
import { valueText } from '../../src/domain/valueText.ts'

const figure = (fields: Partial<Figure>): Figure => ({
  ...{ measure: 'HELD', low: null, best: null, high: null, qualifier: 'EXACT' },
  ...fields,
})
const endless = Number.POSITIVE_INFINITY

describe('the numbers that a wording allows', () => {
  it.each<[Qualifier, Partial<Figure>, number, number]>([
    ['EXACT', { best: 32 }, 32, 32],
    ['EXACT', { low: 30, best: 32, high: 35 }, 30, 35],
    ['ALL', { best: 55, of: 55 }, 55, 55],
    ['AT_LEAST', { best: 100 }, 100, endless],
    ['AT_LEAST', { low: 100, high: 120 }, 100, 120],
    ['MORE_THAN', { best: 100 }, 101, endless],
    ['ABOUT', { best: 100 }, 90, 110],
    ['ABOUT', { low: 95, best: 100 }, 95, 110],
    ['ALMOST', { best: 100 }, 80, 100],
    ['UP_TO', { best: 100 }, 0, 100],
    ['UP_TO', { high: 100 }, 0, 100],
    ['MOST_OF', { best: 100, of: 120 }, 60, 120],
  ])('%s %j: %d to %d', (qualifier, fields, low, high) => {
    const rounded = range(figure({ qualifier, ...fields })).map((n) => Math.round(n * 1000) / 1000)
    expect(rounded).toEqual([low, high])
  })
})

describe('several wordings', () => {
  const moreThan = figure({ qualifier: 'MORE_THAN', best: 100_000 })
  const about = figure({ qualifier: 'ABOUT', best: 120_000 })

  it('range from the least number that any allows to the greatest', () => {
    expect(envelope([moreThan, about])).toEqual([100_001, endless])
    expect(envelope([figure({ best: 32 }), figure({ best: 31 })])).toEqual([31, 32])
  })

  it('overlap in the numbers that all allow, or nowhere', () => {
    expect(overlap([moreThan, about])).toEqual([108_000, 132_000])
    expect(overlap([figure({ best: 32 }), figure({ best: 31 })])).toBeUndefined()
    expect(overlap([figure({ best: 32 })])).toEqual([32, 32])
  })
})

describe('a figure', () => {
  it.each<[Partial<Figure>, string | undefined]>([
    [{ best: 3 }, undefined],
    [{ low: 3 }, undefined],
    [{ low: 3, best: 3, high: 3 }, undefined],
    [{}, 'give at least one of low, best and high'],
    [{ low: 4, best: 3 }, 'have low ≤ best ≤ high'],
    [{ best: 4, high: 3 }, 'have low ≤ best ≤ high'],
    [{ low: 4, high: 3 }, 'have low ≤ best ≤ high'],
    [
      {
        best: 3,
        parts: [
          { label: 'a', count: 1 },
          { label: 'b', count: 2 },
        ],
      },
      undefined,
    ],
    [{ low: 3, parts: [{ label: 'a', count: 1 }] }, undefined],
    [{ best: 3, parts: [{ label: 'a', count: 1 }] }, 'have parts that add up to best (3, not 1)'],
  ])('%j must %s', (fields, rule) => {
    expect(figureProblem(figure(fields))).toBe(rule)
  })
})

it('a figure reads as it was worded, its unit in the singular where there is one of it', () => {
  const text = (fields: Partial<Figure>) => valueText({ figure: figure(fields) })
  expect(text({ best: 1, unit: 'days' })).toBe('1 day')
  expect(text({ best: 11, unit: 'days', qualifier: 'AT_LEAST' })).toBe('at least 11 days')
  expect(text({ best: 1, unit: 'per cent' })).toBe('1 per cent')
})
