/** What kind of text of a development matches a search. */
export const searchFields = ['HEADLINE', 'SUMMARY', 'NAME', 'CLAIM', 'QUOTATION'] as const
export type SearchField = (typeof searchFields)[number]

/** A part of a text, in UTF-16 units, as JavaScript counts; the end is not part of it. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A text with the parts that match. */
export interface Highlight {
  readonly field: SearchField
  readonly text: string
  readonly ranges: readonly Range[]
}

/** What stands around a match in marked text; no text that is searched has them. */
export const MARKS = ['\ue000', '\ue001'] as const

const LONGEST = 240
const BEFORE = 60

/** Reads where the marks are: the ranges are those of the text without marks. */
export function readMarks(marked: string): Range[] {
  const ranges: Range[] = []
  let start = 0
  let marks = 0
  for (const { index, 0: mark } of marked.matchAll(new RegExp(`[${MARKS.join('')}]`, 'g'))) {
    if (mark === MARKS[0]) start = index - marks
    else ranges.push({ start, end: index - marks })
    marks++
  }
  return ranges
}

/**
 * Of the marked words of a text those that make the phrase: as many side by side as it has, with at most `gap` unmarked
 * ones (stop words) between two. Each becomes one range.
 */
export function joinPhrase(text: string, ranges: readonly Range[], words: number, gap: number): Range[] {
  const runs: Range[][] = []
  for (const range of ranges) {
    const run = runs.at(-1)
    const between = run === undefined ? '' : text.slice(run.at(-1)?.end, range.start)
    const unmarked = between.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
    if (run !== undefined && unmarked <= gap) run.push(range)
    else runs.push([range])
  }
  return runs
    .filter((run) => run.length >= words)
    .map((run) => ({ start: (run[0] as Range).start, end: (run.at(-1) as Range).end }))
}

/** The ranges in order, those that meet made one. */
export function unite(ranges: readonly Range[]): Range[] {
  const united: Range[] = []
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = united.at(-1)
    if (last !== undefined && range.start <= last.end) {
      united[united.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    } else united.push(range)
  }
  return united
}

/** Cuts a long text down to what stands around its first match, between whole words, with … where something is left out. */
export function snippet({ field, text, ranges }: Highlight): Highlight {
  if (text.length <= LONGEST) return { field, text, ranges }
  const first = ranges[0]?.start ?? 0
  const from = first <= BEFORE ? 0 : afterBlank(text, first - BEFORE, first)
  const to = from + LONGEST >= text.length ? text.length : beforeBlank(text, from + LONGEST, ranges[0]?.end ?? from)
  const lead = from > 0 ? '…' : ''
  const shift = lead.length - from
  return {
    field,
    text: `${lead}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    ranges: ranges
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  }
}

function afterBlank(text: string, from: number, most: number): number {
  const blank = text.indexOf(' ', from)
  return blank < 0 || blank >= most ? most : blank + 1
}

function beforeBlank(text: string, to: number, least: number): number {
  const blank = text.lastIndexOf(' ', to)
  return blank > least ? blank : Math.max(to, least)
}
