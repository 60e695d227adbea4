import type { Pool } from 'pg'
import {
  type Highlight,
  joinPhrase,
  MARKS,
  type Range,
  readMarks,
  type SearchField,
  searchFields,
  unite,
} from '../domain/highlight.ts'
import type { Search } from './searchTerms.ts'

// Whole texts are marked: which words lie side by side can only be seen there.
const MARK = `
  select t.position, t.field, t.text, m.no::int - 1 as mark,
    ts_headline(m.config::regconfig, t.folded, m.query, 'HighlightAll=true, StartSel="${MARKS[0]}", StopSel="${MARKS[1]}"') as marked
  from (
    select position, field, normalize(text) as text, parley_fold(text) as folded
    from "SearchableText" where position = any($1) offset 0
  ) t
  cross join lateral (
    select to_tsvector('parley_words', t.folded) as words, to_tsvector('parley_stems', t.folded) as stems offset 0
  ) v
  cross join unnest($2::text[], $3::tsquery[]) with ordinality as m (config, query, no)
  where (case m.config when 'parley_words' then v.words else v.stems end) @@ m.query`

/** For each of the revisions its texts that match, with the parts that do: the headline first, quotations last. */
export async function listHighlights(
  pool: Pool,
  positions: readonly number[],
  { marks }: Search,
): Promise<Map<number, Highlight[]>> {
  const { rows } = await pool.query<{
    position: number
    field: SearchField
    text: string
    mark: number
    marked: string
  }>({
    name: 'mark texts',
    text: MARK,
    values: [positions, marks.map(({ config }) => config), marks.map(({ tsquery }) => tsquery)],
  })
  const texts = new Map<string, { position: number; field: SearchField; text: string; ranges: Range[] }>()
  for (const { position, field, text, mark, marked } of rows) {
    const key = JSON.stringify([position, field, text])
    const known = texts.get(key) ?? { position, field, text, ranges: [] }
    texts.set(key, known)
    const phrase = marks[mark]?.phrase
    const ranges = readMarks(marked)
    known.ranges.push(...(phrase === undefined ? ranges : joinPhrase(text, ranges, phrase.words, phrase.gap)))
  }
  const found = new Map<number, Highlight[]>()
  for (const { position, field, text, ranges } of texts.values()) {
    if (ranges.length === 0) continue
    const list = found.get(position) ?? []
    found.set(position, list)
    list.push({ field, text, ranges: unite(ranges) })
  }
  for (const list of found.values()) list.sort(byWeight)
  return found
}

function byWeight(a: Highlight, b: Highlight): number {
  const place = ({ field }: Highlight) => searchFields.indexOf(field)
  return place(a) - place(b) || b.ranges.length - a.ranges.length || (a.text < b.text ? -1 : 1)
}
