import type { Cursor } from '../feed/cursor.ts'
import type { Key } from '../store/developmentList.ts'
import { badInput } from './refused.ts'

/** How many entries a page has unless told. */
export const DEFAULT_PAGE = 20
const LARGEST_PAGE = 100
/** What it costs to count a list: it is read to its end. */
const COUNTING = 20

/** Relay's arguments of a connection. */
export interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** How many entries a page has, and from which end. Throws a GraphQLError for a size out of bounds. */
export function pageSize({ first, last }: PageArgs): { limit: number; backwards: boolean } {
  if (last != null && first != null) throw badInput('last', 'must not be given beside `first`', last)
  const limit = last ?? first ?? DEFAULT_PAGE
  if (limit < 0 || limit > LARGEST_PAGE) {
    throw badInput(last == null ? 'first' : 'last', `must be from 0 to ${LARGEST_PAGE}`, limit)
  }
  return { limit, backwards: last != null }
}

/** Relay's page info; `more`: there is more in the direction of travel. */
export function pageInfo(edges: readonly { readonly cursor: string }[], args: PageArgs, more: boolean) {
  const backwards = args.last != null
  return {
    hasNextPage: backwards ? args.before != null : more,
    hasPreviousPage: backwards ? more : args.after != null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
}

/** The opaque form of a place in a list. */
export function writeKey({ sort, position }: Key): string {
  return Buffer.from(JSON.stringify([sort, position])).toString('base64url')
}

/** What a list is sorted by before the position: a moment (or none: `infinity`), a number, or nothing. */
export type Sorting = 'moment' | 'number' | 'nothing'

const LARGEST_INTEGER = 2 ** 31 - 1
const isSort: { readonly [sorting in Sorting]: (text: string) => boolean } = {
  moment: (text) => text === 'infinity' || isMoment(text),
  number: (text) => /^\d{1,10}$/.test(text) && Number(text) <= LARGEST_INTEGER,
  nothing: (text) => text === '',
}

function isMoment(text: string): boolean {
  const at = new Date(text)
  return !Number.isNaN(at.getTime()) && at.toISOString() === text && text.length === 24
}

/** Throws a GraphQLError for text that no list of this sorting gave out: the database would fail at it. */
export function readKey(name: string, text: string | null | undefined, sorting: Sorting): Key | undefined {
  if (text == null) return undefined
  try {
    const [sort, position] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const isPosition = Number.isInteger(position) && position >= 0 && position <= LARGEST_INTEGER
    if (typeof sort === 'string' && isSort[sorting](sort) && isPosition) return { sort, position }
  } catch {
    // Falls through to the refusal: the text is no cursor of ours.
  }
  throw badInput(name, 'must be a cursor that this list gave out', text)
}

/** What every list of developments carries beside its nodes. */
export function pageFields<T extends { totalCount: () => Promise<number>; feedCursor: Cursor }>(name: string) {
  return {
    name: `${name}Connection`,
    description: 'One page of a list.',
    // biome-ignore lint/suspicious/noExplicitAny: Pothos gives each connection a builder type of its own
    fields: (t: any) => ({
      totalCount: t.int({
        description: 'How many there are in all, from this viewpoint.',
        extensions: { weight: COUNTING },
        resolve: ({ totalCount }: T) => totalCount(),
      }),
      feedCursor: t.field({
        type: 'FeedCursor',
        description:
          'The place of the feed at which this was read: a subscription `after` it misses nothing and repeats nothing.',
        resolve: ({ feedCursor }: T) => feedCursor,
      }),
    }),
  }
}

/** What a list of identities carries: Pothos counts them, but says nothing about the count. */
export function countedPage(name: string) {
  return {
    name: `${name}Connection`,
    description: 'One page of a list.',
    // biome-ignore lint/suspicious/noExplicitAny: Pothos gives each connection a builder type of its own
    fields: (t: any) => ({
      totalCount: t.int({
        description: 'How many there are in all.',
        extensions: { pothosPrismaTotalCount: true, weight: COUNTING },
        resolve: ({ totalCount }: { totalCount?: () => Promise<number> }) => totalCount?.(),
      }),
    }),
  }
}
