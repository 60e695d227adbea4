import { describe, expect, it } from 'vitest'
import { possibleNames, readSearchQuery, type SearchQuery, type Term } from '../../src/domain/searchQuery.ts'

/** A query in short: [a|b] one of these, "…" a phrase, …* a beginning, - what is left out. */
function told(given: string): string {
  const read = readSearchQuery(given)
  if ('rule' in read) return `must ${read.rule}`
  const term = ({ form, text }: Term) => (form === 'PHRASE' ? `"${text}"` : form === 'PREFIX' ? `${text}*` : text)
  const all = read.all.map((any) => (any.length === 1 ? term(any[0] as Term) : `[${any.map(term).join('|')}]`))
  return [...all, ...read.none.map((one) => `-${term(one)}`)].join(' ')
}

describe('a query', () => {
  it.each([
    ['prisoner exchange', 'prisoner exchange'],
    ['"prisoner exchange" border', '"prisoner exchange" border'],
    ['“prisoner exchange” «treaty»', '"prisoner exchange" "treaty"'],
    ['nego* talks', 'nego* talks'],
    ['exchange -russia -"peace treaty" -nego*', 'exchange -russia -"peace treaty" -nego*'],
    ['exchange NOT russia', 'exchange -russia'],
    ['Turkey OR Iran talks', '[Turkey|Iran] talks'],
    ['a OR b OR "c d" e', '[a|b|"c d"] e'],
    ['a AND b', 'a b'],
    ['Nagorno-Karabakh', 'Nagorno-Karabakh'],
    ['Aliyev’s  U.S.\n32', 'Aliyev’s U.S. 32'],
    ['a"b c"d', 'a "b c" d'],
  ])('%s is read as %s', (given, expected) => {
    expect(told(given)).toBe(expected)
  })

  it.each([
    ['"prisoner exchange', '"prisoner exchange"'],
    ['exchange "', 'exchange'],
    ['OR exchange OR', 'exchange'],
    ['exchange - ( ) && || !!! *', 'exchange'],
    ['--russia exchange', 'exchange --russia'],
    ['a OR -b', 'a -b'],
    ['or and not', 'or and not'],
    ['for*mat', 'for mat'],
  ])('that is not well formed means what it can: %s is %s', (given, expected) => {
    expect(told(given)).toBe(expected)
  })

  it.each([
    ['', 'must hold a word to search for'],
    [' "" - * ', 'must hold a word to search for'],
    ['-russia', 'must hold a word that is to be found, not only what is left out'],
    ['x'.repeat(501), 'must be at most 500 characters long'],
    ['a '.repeat(33), 'must have at most 32 words and phrases'],
  ])('that finds nothing or too much is refused: %j', (given, rule) => {
    expect(told(given)).toBe(rule)
  })

  it('may name somebody by a word, a phrase or words side by side, the longest first', () => {
    const names = possibleNames(
      readSearchQuery('European Union talks OR x "State Department" nego* z -y') as SearchQuery,
    )
    expect(names.map(({ text }) => text)).toEqual([
      ...['European Union', 'European', 'Union', 'talks', 'x', 'State Department', 'z'],
    ])
  })
})
