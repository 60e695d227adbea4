import { type Key, PAGE } from './keys.ts'

/** One thing that is asked of every server, each in its own words; undefined: it has none. */
export interface Question {
  readonly name: string
  /** Of which list it continues after a key; none: every key asks the same. */
  readonly list: 'developments' | 'disagreements'
  /** After how many entries it begins; `Infinity`: near the end of what there is, at most page 2,000. */
  readonly skip: number
  parley(after: Key, turn: number): Asked
  postgraphile?(after: string): Asked
  /** Path and query of the hand-written server. */
  sql(after: Key, turn: number): string
  /** How many entries an answer has, so that nobody is measured on an error. */
  readonly entries: { readonly parley: string; readonly postgraphile?: string; readonly least: number }
}

export interface Asked {
  readonly query: string
  readonly variables: object
}

/** A page of which the keyset begins at the 99,950th entry. */
const DEEP = 2000

const cursorOf = ({ sort, position }: Key) => Buffer.from(JSON.stringify([sort, position])).toString('base64url')
const inPath = ({ sort, position }: Key) => `sort=${encodeURIComponent(sort)}&position=${position}`

const parleyContent = `ref kind headline summary status when { earliest latest precision }
  participants { role capacity actor { name } }
  citations { key quotation locator stance report { ref outlet { name } } }
  claims { aspect key text standing rank claimant { name } }`

const peerContent = `developmentId kind headline summary status whenEarliest whenLatest when
  participationsByPosition { nodes { role capacity actorByActorId { name } } }
  citationsByPosition { nodes { key quotation locator stance reportByReportId { id outletByOutletId { name } } } }
  claimsByPosition { nodes { aspect key value standing rank actorByClaimantId { name } } }`

function listOf(name: string, skip: number, filter: { parley: string; peer: string; path: string }): Question {
  return {
    ...{ name, list: 'developments', skip },
    parley: (after) => ({
      query: `query List($after: String!) { developments(first: ${PAGE}, after: $after${filter.parley}) { nodes { ${parleyContent} } pageInfo { endCursor hasNextPage } } }`,
      variables: { after: cursorOf(after) },
    }),
    postgraphile: (after) => ({
      query: `query List($after: Cursor!) { allRevisions(first: ${PAGE}, after: $after, orderBy: [WHEN_EARLIEST_ASC, POSITION_ASC], condition: { supersededBy: null${filter.peer} }) { nodes { ${peerContent} } pageInfo { endCursor hasNextPage } } }`,
      variables: { after },
    }),
    sql: (after) => `/list?${inPath(after)}${filter.path}`,
    entries: { parley: 'developments', postgraphile: 'allRevisions', least: PAGE },
  }
}

const all = { parley: '', peer: '', path: '' }
const held = {
  parley: ', filter: { kind: [TALK], status: [HELD] }',
  peer: ', kind: TALK, status: HELD',
  path: '&kind=TALK&status=HELD',
}

const disagreements: Question = {
  ...{ name: 'disagreements', list: 'disagreements', skip: 0 },
  parley: (after) => ({
    query: `query Disagreements($after: String!) { disagreements(first: ${PAGE}, after: $after) { nodes {
      relation aspect key development { ref headline }
      versions { text standing claims { claimant { name } citation { report { ref } } } } } } }`,
    variables: { after: cursorOf(after) },
  }),
  postgraphile: (after) => ({
    query: `query Disagreements($after: Cursor!) { allDisagreements(first: ${PAGE}, after: $after, orderBy: [PRIMARY_KEY_ASC]) { nodes {
      relation aspect key revisionByPosition { developmentId headline
        claimsByPosition { nodes { aspect key value standing actorByClaimantId { name } citationByPositionAndCitationNo { reportId } } } } } } }`,
    variables: { after },
  }),
  sql: (after) => `/disagreements?${inPath(after)}`,
  entries: { parley: 'disagreements', postgraphile: 'allDisagreements', least: PAGE },
}

/** A window that differs by its first day: no answer is asked for twice, and all are about as large. */
const windowFrom = (turn: number) => new Date(Date.UTC(2010, 0, 1 + (turn % 1000))).toISOString().slice(0, 10)

const tally: Question = {
  ...{ name: 'tally by month and mediator', list: 'developments', skip: 0 },
  parley: (_after, turn) => ({
    query: `query Tally($from: Date!) { tally(bucket: MONTH, by: [MEDIATOR], from: $from, filter: { kind: [TALK] }) {
      total groups { count mediator { name } buckets { start count } } } }`,
    variables: { from: windowFrom(turn) },
  }),
  sql: (_after, turn) => `/tally?from=${windowFrom(turn)}`,
  entries: { parley: 'tally', least: 1 },
}

const words = ['prisoners', 'border', 'treaty', 'transit', 'water', 'returnees', 'mines', 'ceasefire']
const manners = ['calmly', 'firmly', 'reserve', 'warmly', 'writing', 'office', 'goodwill', 'progress']
/** Two words and an exclusion: 448 different searches. */
function search(turn: number): { word: string; manner: string; not: string } {
  const word = words[turn % 8] as string
  return {
    word,
    manner: manners[Math.floor(turn / 8) % 8] as string,
    not: words[(turn + 1 + (Math.floor(turn / 64) % 7)) % 8] as string,
  }
}

const found: Question = {
  ...{ name: 'search', list: 'developments', skip: 0 },
  parley: (_after, turn) => {
    const { word, manner, not } = search(turn)
    return {
      query: `query Search($query: String!) { search(first: ${PAGE}, query: $query) { nodes { ref kind headline summary when { earliest latest } } } }`,
      variables: { query: `${word} ${manner} -${not}` },
    }
  },
  sql: (_after, turn) => `/search?${new URLSearchParams(search(turn))}`,
  entries: { parley: 'search', least: 1 },
}

export const questions: readonly Question[] = [
  listOf('list', 0, all),
  listOf('filtered list', 0, held),
  disagreements,
  tally,
  found,
  listOf('page 2', PAGE, all),
  listOf('page 2,000', (DEEP - 1) * PAGE, all),
]
