import { describe, expect, it } from 'vitest'
import { type Highlight, joinPhrase, type Range, readMarks, snippet, unite } from '../../src/domain/highlight.ts'

/** A text with [brackets] around its ranges. */
function shown({ text, ranges }: Pick<Highlight, 'text' | 'ranges'>): string {
  return [...ranges]
    .reverse()
    .reduce((t, { start, end }) => `${t.slice(0, start)}[${t.slice(start, end)}]${t.slice(end)}`, text)
}

/** The reverse: a text and the ranges of its [brackets]. */
function hidden(marked: string): { text: string; ranges: Range[] } {
  const text = marked.replace(/[[\]]/g, '')
  return { text, ranges: readMarks(marked.replaceAll('[', '\ue000').replaceAll(']', '\ue001')) }
}

describe('marks', () => {
  it('become ranges of the text without them', () => {
    const { text, ranges } = hidden('[Türkiye] and 😀 [Baku]')
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['Türkiye', 'Baku'])
    expect(hidden('nothing').ranges).toEqual([])
  })

  it('that meet or overlap become one', () => {
    expect(
      unite([
        { start: 5, end: 9 },
        { start: 0, end: 3 },
        { start: 2, end: 5 },
        { start: 20, end: 21 },
      ]),
    ).toEqual([
      { start: 0, end: 9 },
      { start: 20, end: 21 },
    ])
  })
})

describe('a phrase', () => {
  it.each([
    ['a [prisoner] [exchange] of a [prisoner]', 2, 0, 'a [prisoner exchange] of a prisoner'],
    ['an [exchange] of [prisoners], no [exchange]', 2, 1, 'an [exchange of prisoners, no exchange]'],
    ['an [exchange] with many [prisoners]', 2, 1, 'an exchange with many prisoners'],
    ['[one]', 2, 0, 'one'],
  ])('is marked only where its words lie side by side: %s', (marked, words, gap, expected) => {
    const { text, ranges } = hidden(marked)
    expect(shown({ text, ranges: joinPhrase(text, ranges, words, gap) })).toBe(expected)
  })
})

describe('a snippet', () => {
  const words = (n: number) => Array.from({ length: n }, (_, i) => `word${i}`).join(' ')
  const cut = (marked: string) => snippet({ field: 'SUMMARY', ...hidden(marked) })

  it('of a short text is the text', () => {
    expect(shown(cut('one [two] three'))).toBe('one [two] three')
  })

  it('of a long text shows the first match, whole words and where it was cut', () => {
    const { text, ranges } = cut(`${words(100)} [found] ${words(100)} [again]`)
    expect(text.length).toBeLessThanOrEqual(242)
    expect(text).toMatch(/^…word\d+ .* word\d+…$/)
    expect(shown({ text, ranges })).toContain(' word99 [found] word0 ')
    expect(ranges).toHaveLength(1)
  })

  it('begins and ends with the text where that is near', () => {
    expect(shown(cut(`[found] ${words(100)}`))).toMatch(/^\[found\] word0 .*…$/)
    expect(shown(cut(`${words(100)} [found]`))).toMatch(/^…word.* \[found\]$/)
  })

  it('of one word without end still shows the match', () => {
    const { text, ranges } = cut(`[${'x'.repeat(1000)}]`)
    expect(ranges.map(({ start, end }) => text.slice(start, end).length)).toEqual([1000])
  })
})
