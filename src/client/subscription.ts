import type { Frame } from './contiguity.ts'
import { openDocument } from './document.ts'
import type { AnsweredError } from './refused.ts'

/** What to follow: a selection of each change, or a whole document. */
export interface Asked {
  /** What to ask of each change, as it stands in the braces of `... on DevelopmentChange { }`. Unless given: `action ref`. */
  readonly selection?: string
  /** Which changes: a `DevelopmentFilter` of the schema. Left out: all. Not beside `query`. */
  readonly filter?: Record<string, unknown>
  /** Instead of `selection`: a document of one subscription, of the field `developments`. It may have fragments. */
  readonly query?: string
  /** The document's variables. */
  readonly variables?: Record<string, unknown>
  /** Everything after this cursor. Left out: from now on. Goes before what `query` says. */
  readonly after?: string | null | undefined
  /** To begin with the last so many matches, at most 1000. Not beside `after`. */
  readonly last?: number | null
}

/** An answer, as it comes over the wire. */
export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly AnsweredError[]
}

/** A subscription that can begin anywhere. */
export interface Subscription {
  /** To follow after a cursor or, without one, from where it was asked to begin. */
  request(after: string | undefined): { query: string; variables: Record<string, unknown> }
  /** What an answer says. Undefined when it has no item: its errors say why. */
  read(answer: Answer): Frame | undefined
  /** The item in what a frame brings. */
  itemOf(data: Record<string, unknown>): Record<string, unknown>
}

// Of a document of the user's own, nobody knows what its names stand for.
const PREFIX = 'parley_'

/** @throws TypeError when the document is none that can be followed */
export function subscribing(asked: Asked): Subscription {
  const prefix = asked.query === undefined ? '' : PREFIX
  const { query, key, ...opened } = asked.query === undefined ? composed(asked) : documented(asked, asked.query)
  const begin = (asked.after ?? asked.last) == null ? opened : asked
  const named =
    asked.query === undefined ? { after: 'after', last: 'last' } : { after: 'parleyAfter', last: 'parleyLast' }
  return {
    request: (from) => ({
      query,
      variables: {
        ...opened.variables,
        // Beside a cursor, `last` is refused.
        [named.after]: from ?? begin.after ?? null,
        [named.last]: from === undefined ? (begin.last ?? null) : null,
      },
    }),
    read({ data, errors = [] }) {
      const item = data?.[key] as Record<string, unknown> | null | undefined
      if (data == null || item == null) return undefined
      const of = <T>(name: string) => item[prefix + name] as T
      const state = of<string | undefined>('state')
      const status =
        state === undefined ? null : { state, head: of<string>('head'), headPosition: of<number>('headPosition') }
      const place = {
        cursor: of<string>('cursor'),
        position: of<number>('position'),
        previousPosition: of<number>('previousPosition'),
      }
      const own = Object.entries(item).filter(([name]) => prefix === '' || !name.startsWith(prefix))
      return { ...place, status, data: { ...data, [key]: Object.fromEntries(own) }, errors }
    },
    itemOf: (data) => data[key] as Record<string, unknown>,
  }
}

/** What the client must know of every item. */
function fields(prefix: string): string {
  const named = (name: string) => (prefix === '' ? name : `${prefix}${name}: ${name}`)
  const ofStatus = ['state', 'head', 'headPosition'].map(named).join(' ')
  return `${['cursor', 'position', 'previousPosition'].map(named).join(' ')} ... on FeedStatus { ${ofStatus} }`
}

function composed({ selection = 'action ref', filter }: Asked) {
  const query = `subscription Follow($after: FeedCursor, $last: Int, $filter: DevelopmentFilter) {
  developments(after: $after, last: $last, filter: $filter) {
    __typename ${fields('')}
    ... on DevelopmentChange { ${selection} }
  }
}`
  return { query, key: 'developments', after: null, last: null, variables: { filter: filter ?? null } }
}

function documented(asked: Asked, query: string) {
  if (asked.selection !== undefined || asked.filter !== undefined)
    throw new TypeError('Beside `query`, `selection` and `filter` say nothing: put them into the document.')
  return openDocument(query, asked.variables ?? {}, fields(PREFIX))
}
