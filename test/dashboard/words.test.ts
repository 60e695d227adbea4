import { describe, expect, test } from 'vitest'
import { figureInWords, stageInWords } from '../../src/dashboard/development/figure.ts'
import { tellersOf } from '../../src/dashboard/development/tellers.ts'
import type { ChangeFields } from '../../src/dashboard/live/change.ts'
import { changedInWords } from '../../src/dashboard/live/changed.ts'
import { newestPositions, newestRows, rowOf, rowsOf } from '../../src/dashboard/live/rows.ts'
import { urgencyOf } from '../../src/dashboard/live/urgency.ts'
import { isUncertain, whenInWords } from '../../src/dashboard/moment.ts'
import { capitalised, inWords } from '../../src/dashboard/words.ts'

const date = (earliest: string | null, latest: string | null, precision: string, basis = 'STATED') => {
  const end = latest && `${latest}T23:59:59.999Z`
  return { earliest: earliest && `${earliest}T00:00:00.000Z`, latest: end, precision, basis, asReported: null }
}

describe('a date', () => {
  test.each([
    [date('2023-12-07', '2023-12-07', 'DAY'), '7 Dec 2023'],
    [date('2023-10-01', '2023-10-31', 'MONTH'), 'October 2023'],
    [date('2023-10-05', '2023-10-09', 'RANGE'), /^5\s?–\s?9 Oct 2023$/],
    [date('1990-01-01', '1999-12-31', 'DECADE'), '1990s'],
    [date(null, '2023-12-07', 'RANGE'), 'by 7 Dec 2023'],
    [date('2023-10-19', null, 'RANGE'), 'since 19 Oct 2023'],
    [date(null, null, 'UNKNOWN'), 'date unknown'],
  ])('is told no more exactly than it is known: %o', (when, words) => {
    if (words instanceof RegExp) expect(whenInWords(when)).toMatch(words)
    else expect(whenInWords(when)).toBe(words)
  })

  test('is uncertain unless a report states its day', () => {
    expect(isUncertain(date('2023-12-07', '2023-12-07', 'DAY'))).toBe(false)
    expect(isUncertain(date('2023-12-07', '2023-12-07', 'DAY', 'INFERRED'))).toBe(true)
    expect(isUncertain(date('2023-10-01', '2023-10-31', 'MONTH'))).toBe(true)
  })
})

test('a figure says how exactly it is meant, and a promised one that it is promised', () => {
  const figure = (given: object) =>
    figureInWords({ measure: 'RELEASED', low: null, best: null, high: null, of: null, unit: null, ...given } as never)
  expect(figure({ best: 32, qualifier: 'EXACT' })).toBe('32')
  expect(figure({ best: 100_000, qualifier: 'MORE_THAN' })).toBe('more than 100,000')
  expect(figure({ low: 10, high: 20, qualifier: 'ABOUT' })).toBe('10–20')
  expect(figure({ of: 90, qualifier: 'MOST_OF' })).toBe('most of 90')
  expect(figure({ qualifier: 'EXACT', asReported: 'tens of thousands' })).toBe('tens of thousands')
  expect(stageInWords('PLEDGED')).toBe('promised, not done')
})

test('what a revision changed is told by its fields, and by how many members of its lists', () => {
  const changes = [
    { path: 'status', before: 'AGREED', after: 'CARRIED_OUT' },
    { path: 'summary', before: 'a', after: 'b' },
    { path: 'claims[FIGURE leg/a]', before: null, after: {} },
    { path: 'claims[FIGURE leg/b]', before: null, after: {} },
    { path: 'legs[a]', before: {}, after: {} },
    { path: 'links[FOLLOWS x]', before: {}, after: null },
  ]
  expect(changedInWords(changes)).toEqual([
    ...['status agreed → carried out', 'summary changed', '2 claims added', '1 leg changed', '1 link gone'],
  ])
})

const change = (position: number, ref = `at-${position}`, rest: object = {}) =>
  ({ position, ref, action: 'CREATED', development: null, mergedInto: null, revision: null, ...rest }) as ChangeFields

describe('the column', () => {
  test('puts what arrives on top, and what was missed into one row', () => {
    expect(rowsOf([change(1), change(2)], null).map(({ position }) => position)).toEqual([2, 1])
    const missed = { from: new Date(0), until: new Date(1) }
    expect(rowsOf([change(1), change(2)], missed)).toEqual([
      { position: 2, changes: [change(2), change(1)], missed, isArrival: true },
    ])
    expect(rowsOf([], missed)).toEqual([])
  })

  test('draws only the newest rows, as many as hold so many changes', () => {
    const rows = [...rowsOf([change(4), change(5)], { from: new Date(0), until: new Date(1) }), rowOf(change(3))]
    expect(newestRows(rows, 3)).toEqual(rows)
    expect(newestRows(rows, 2)).toEqual(rows.slice(0, 1))
    expect(newestRows(rows, 1)).toEqual(rows.slice(0, 1))
    expect(newestRows(rows, 0)).toEqual([])
  })

  test('knows of each development its newest change', () => {
    expect(newestPositions([rowOf(change(3, 'a')), rowOf(change(2, 'b')), rowOf(change(1, 'a'))])).toEqual(
      new Map([
        ['a', 3],
        ['b', 2],
      ]),
    )
  })
})

test('a desk must look now at what no longer holds and at news of force, but not at its history', () => {
  const revision = { knownAt: '2023-12-13T23:59:59.999Z', changes: [] }
  const force = (latest: string) => ({
    development: { plover: { quadClass: 'MATERIAL_CONFLICT' }, when: { latest } },
    revision,
  })
  expect(urgencyOf(change(1, 'a', { action: 'RETRACTED' }))).toBe('now')
  expect(urgencyOf(change(1, 'a', force('2023-12-12T00:00:00Z')))).toBe('now')
  expect(urgencyOf(change(1, 'a', force('2020-11-10T00:00:00Z')))).toBe('soon')
  expect(urgencyOf(change(1, 'a', { action: 'AMENDED', revision }))).toBe('later')
  const step = { ...revision, changes: [{ path: 'status', before: 'AGREED', after: 'CARRIED_OUT' }] }
  expect(urgencyOf(change(1, 'a', { action: 'AMENDED', revision: step }))).toBe('soon')
})

test('each outlet tells it once, with all whom it credits', () => {
  const report = (name: string | null, url: string | null) => ({
    ref: 'r',
    title: null,
    url,
    outlet: name === null ? null : { name },
  })
  const citations = [
    { quotation: null, attributedTo: { name: 'Baku' }, report: report('Wire', null) },
    { quotation: null, attributedTo: { name: 'Yerevan' }, report: report('Wire', 'https://wire.example/1') },
    { quotation: null, attributedTo: null, report: report(null, null) },
  ]
  expect(tellersOf({ citations })).toEqual([
    { outlet: 'Wire', crediting: ['Baku', 'Yerevan'], url: 'https://wire.example/1' },
    { outlet: 'an unnamed outlet', crediting: [], url: null },
  ])
})

test('a code is told in words, and a letter alone is a name', () => {
  expect(inWords('CARRIED_OUT')).toBe('carried out')
  expect(capitalised('CARRIED_OUT')).toBe('Carried out')
  expect(inWords('X')).toBe('X')
})
