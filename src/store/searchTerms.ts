import type { Pool } from 'pg'
import { possibleNames, type SearchQuery, type Term } from '../domain/searchQuery.ts'

/** A query as PostgreSQL takes it, in the text form of its type tsquery. */
export interface Search {
  readonly tsquery: string
  /** What is to be marked in a text that is found. */
  readonly marks: readonly Mark[]
}

/** Words that are marked wherever they stand, or (`phrase`) only side by side. */
export interface Mark {
  readonly config: 'parley_words' | 'parley_stems'
  readonly tsquery: string
  /** How many words it has, and how many others may stand between two of them. */
  readonly phrase?: { readonly words: number; readonly gap: number }
}

interface Read {
  /** As it is written, and by its stems: empty where it has stop words only. */
  readonly words: string
  readonly stems: string
  /** The actors whose name it is, and what else they are called. */
  readonly actors: readonly string[]
  readonly others: readonly string[]
}

// An actor's names of two letters are left out: by them "Washington" would find every "us".
const READ = `
  select t.text, phraseto_tsquery('parley_words', t.folded)::text as words, phraseto_tsquery('parley_stems', t.folded)::text as stems,
    coalesce(n.actors, '{}') as actors, coalesce(n.others, '{}') as others
  from (select text, parley_fold(text) as folded from unnest($1::text[]) as text) t
  left join lateral (
    select array_agg(distinct format('''actor:%s''', own."actorId")) as actors,
      array_agg(distinct phraseto_tsquery('parley_stems', parley_fold(other.name))::text) filter (where length(other.name) > 2) as others
    from "ActorName" own join "ActorName" other on other."actorId" = own."actorId"
    where to_tsvector('parley_words', parley_fold(own.name)) = to_tsvector('parley_words', t.folded)
  ) n on true`

/**
 * Makes PostgreSQL's query of a search. Whatever is any actor's name, as names are now, also finds whom it names, under
 * its other names too. Every word is read by PostgreSQL as plain text, so that none can be taken for an operator.
 * @returns undefined when it holds nothing that can be searched
 */
export async function compileSearch(pool: Pool, query: SearchQuery): Promise<Search | undefined> {
  const runs = possibleNames(query)
  const texts = [...new Set([...query.all.flat(), ...query.none, ...runs].map(({ text }) => text))]
  const { rows } = await pool.query<Read & { text: string }>({ name: 'read search', text: READ, values: [texts] })
  const read = new Map(rows.map((row) => [row.text, row]))
  const of = (text: string) => read.get(text) as Read

  const clauses: Way[][] = []
  for (let i = 0; i < query.all.length; ) {
    const run = runs.find(({ from, words, text }) => from === i && words > 1 && of(text).actors.length > 0)
    const terms = query.all.slice(i, i + (run?.words ?? 1)).flat()
    if (run === undefined) clauses.push(terms.flatMap((term) => waysOf(term, of(term.text))))
    else clauses.push(waysOf({ form: 'PHRASE', text: run.text }, of(run.text)))
    i += run?.words ?? 1
  }
  // Nothing but stop words: then they are what is meant.
  const isAllStopped = clauses.flat(2).length === 0
  const wanted = isAllStopped ? query.all.flat().map(({ text }) => [[asWritten(of(text))]]) : clauses
  const found = wanted.map(anyOf).filter((part) => part !== '')
  if (found.length === 0) return undefined
  const excluded = query.none.map((term) => anyOf(waysOf(term, of(term.text)))).filter((part) => part !== '')
  return {
    tsquery: [...found, ...excluded.map((part) => `!${part}`)].join(' & '),
    marks: marksOf(wanted.flat(2)),
  }
}

/** A part of PostgreSQL's query; that of an actor's id is marked nowhere. */
interface Piece {
  readonly config: Mark['config'] | undefined
  readonly tsquery: string
}

/** One way in which a term is found: all of its pieces are. */
type Way = readonly Piece[]

function waysOf(term: Term, read: Read): Way[] {
  const itself = plain(term, read)
  // A name that English takes for a stop word is one.
  if (itself.length === 0 && read.actors.length > 0) return [[asWritten(read)], ...waysByName(read)]
  return [itself, ...(term.form === 'PREFIX' ? [] : waysByName(read))]
}

function plain({ form }: Term, read: Read): Way {
  if (form === 'PREFIX') return read.words === '' ? [] : [{ config: 'parley_words', tsquery: `${read.words}:*` }]
  if (read.stems !== '') return [{ config: 'parley_stems', tsquery: read.stems }]
  return form === 'PHRASE' ? [asWritten(read)] : []
}

function asWritten({ words }: Read): Piece {
  return { config: 'parley_words', tsquery: words }
}

function waysByName({ actors, others }: Read): Way[] {
  return [
    ...actors.map((tsquery) => [{ config: undefined, tsquery }]),
    ...others.map((tsquery) => [{ config: 'parley_stems' as const, tsquery }]),
  ]
}

function anyOf(ways: readonly Way[]): string {
  const parts = ways
    .map((way) => way.filter(({ tsquery }) => tsquery !== ''))
    .filter((way) => way.length > 0)
    .map((way) => `(${way.map(({ tsquery }) => tsquery).join(' & ')})`)
  return parts.length === 0 ? '' : `(${parts.join(' | ')})`
}

/** The single words of a configuration are marked in one go, each phrase by itself. */
function marksOf(pieces: readonly Piece[]): Mark[] {
  const marks: Mark[] = []
  for (const config of ['parley_stems', 'parley_words'] as const) {
    const queries = pieces.filter((piece) => piece.config === config && piece.tsquery !== '')
    const distinct = [...new Set(queries.map(({ tsquery }) => tsquery))]
    const single = distinct.filter((tsquery) => !tsquery.includes(' <'))
    if (single.length > 0) marks.push({ config, tsquery: single.join(' | ') })
    for (const tsquery of distinct.filter((one) => one.includes(' <'))) {
      const steps = [...tsquery.matchAll(/ <(-|\d+)> /g)].map(([, step]) => (step === '-' ? 1 : Number(step)))
      marks.push({ config, tsquery, phrase: { words: steps.length + 1, gap: Math.max(...steps) - 1 } })
    }
  }
  return marks
}
