/** What stands between blanks in a query: a word, a quoted phrase, or the beginning of words (`nego*`). */
export interface Term {
  readonly form: 'WORD' | 'PHRASE' | 'PREFIX'
  readonly text: string
}

/** A search as it was meant: one of each list in `all` must be found, and nothing of `none`. */
export interface SearchQuery {
  readonly all: readonly (readonly Term[])[]
  readonly none: readonly Term[]
}

const LONGEST = 500
const MOST_TERMS = 32

/** As many words as the longest names of bodies have. */
const LONGEST_NAME = 12

// A sign of exclusion, then a quoted phrase (its end may be missing) or what runs up to the next blank or quotation mark.
const TERM = /(?<not>[-−–]?)(?:"(?<phrase>[^"]*)"?|(?<word>[^\s"]+))/gu

/**
 * Reads a query. Whatever people type is taken: what can mean nothing (a lone hyphen, brackets) is passed over, a
 * quotation mark that is not closed is closed at the end.
 * @returns the query, or the rule that it breaks, to follow "must"
 */
export function readSearchQuery(given: string): SearchQuery | { readonly rule: string } {
  if (given.length > LONGEST) return { rule: `be at most ${LONGEST} characters long` }
  const all: Term[][] = []
  const none: Term[] = []
  let joins = false
  let excludes = false
  // PostgreSQL takes no control characters and no broken surrogate pairs.
  const text = given.toWellFormed().replace(/\p{Cc}/gu, ' ')
  for (const { groups } of text.replace(/[“”„«»]/gu, '"').matchAll(TERM)) {
    const { not, phrase, word } = groups as { not: string; phrase?: string; word?: string }
    if (word === 'OR' || word === 'AND' || word === 'NOT') {
      joins = word === 'OR' && all.length > 0
      excludes = word === 'NOT'
      continue
    }
    const term = phrase === undefined ? ofWord(word as string) : ofPhrase(phrase)
    if (term === undefined) continue
    if (not !== '' || excludes) none.push(term)
    else if (joins) all.at(-1)?.push(term)
    else all.push([term])
    joins = false
    excludes = false
  }
  if (all.flat().length + none.length > MOST_TERMS) return { rule: `have at most ${MOST_TERMS} words and phrases` }
  if (all.length > 0) return { all, none }
  return none.length === 0
    ? { rule: 'hold a word to search for' }
    : { rule: 'hold a word that is to be found, not only what is left out' }
}

/** A run of single words of a query, by their places in `all`, that may be somebody's name. */
export interface Run {
  readonly from: number
  readonly words: number
  readonly text: string
}

/** What of a query may be a name: every phrase, every word and, side by side, several; the longest first. */
export function possibleNames({ all }: SearchQuery): Run[] {
  const runs: Run[] = []
  for (const [from, terms] of all.entries()) {
    const words: string[] = []
    for (const next of all.slice(from, from + LONGEST_NAME)) {
      const [term, ...others] = next
      if (term?.form !== 'WORD' || others.length > 0) break
      words.push(term.text)
      if (words.length > 1) runs.push({ from, words: words.length, text: words.join(' ') })
    }
    for (const term of terms) if (term.form !== 'PREFIX') runs.push({ from, words: 1, text: term.text })
  }
  return runs.sort((a, b) => b.words - a.words)
}

function ofWord(given: string): Term | undefined {
  const text = given.replace(/\*+/gu, ' ').trim()
  if (!isSearchable(text)) return undefined
  return { form: given.endsWith('*') ? 'PREFIX' : 'WORD', text }
}

function ofPhrase(text: string): Term | undefined {
  return isSearchable(text) ? { form: 'PHRASE', text } : undefined
}

function isSearchable(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
