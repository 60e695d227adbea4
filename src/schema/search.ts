import { type Highlight, snippet } from '../domain/highlight.ts'
import { readSearchQuery } from '../domain/searchQuery.ts'
import type { Cursor } from '../feed/cursor.ts'
import { listHighlights } from '../store/highlightList.ts'
import { countFound, listFound, RANK_UNIT, RANKED_AT_MOST } from '../store/searchList.ts'
import { compileSearch, type Search } from '../store/searchTerms.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { HighlightRef } from './highlight.ts'
import { loadDevelopments } from './loadDevelopment.ts'
import { viewpointOf } from './locate.ts'
import { pageFields, pageInfo, pageSize, readKey, writeKey } from './page.ts'
import { badInput } from './refused.ts'
import { viewpointArgs } from './viewpoint.ts'

const MOST_HIGHLIGHTS = 10

builder.queryField('search', (t) =>
  t.connection(
    {
      type: DevelopmentRef,
      description:
        'Developments by their words: headlines, summaries, claims, quotations and the names of actors, places and outlets; best first, then what changed last. At most 100 a page.',
      args: {
        ...viewpointArgs,
        query: t.arg.string({
          required: true,
          description:
            'What is to be found, all of it: negotiations (in any English form, with or without accents), nego* (words that begin so), "prisoner exchange" (side by side), -russia (not that one), Turkey OR Iran (either). Any name of an actor finds whom it names, under its other names too: Turkey finds Türkiye, Baku finds Azerbaijan. At most 500 characters and 32 words.',
        }),
        filter: t.arg({ type: DevelopmentFilter, description: 'In which developments; left out: all.' }),
      },
      resolve: async (_root, args, context, info) => {
        const viewpoint = viewpointOf(context, info)
        const { pool } = context.database
        const { limit, backwards } = pageSize(args)
        const filter = await readFilter(context, args.filter)
        const search = await readSearch(context, args.query)
        const { keys, more } = await listFound(pool, viewpoint, {
          ...{ search, filter, limit, backwards },
          after: readKey('after', args.after, 'number'),
          before: readKey('before', args.before, 'number'),
        })
        const positions = keys.map(({ position }) => position)
        const rows = await loadDevelopments(context, positions)
        const found = new Map(keys.map((key) => [key.position, key]))
        const highlights = once(() => listHighlights(pool, positions, search))
        const edges = rows.map((node) => {
          const key = found.get(node.position) as (typeof keys)[number]
          return {
            ...{ node, cursor: writeKey(key), rank: Number(key.sort) / RANK_UNIT },
            highlights: async () => (await highlights()).get(node.position) ?? [],
          }
        })
        const count = once(() => countFound(pool, viewpoint, search, filter))
        return {
          edges,
          pageInfo: pageInfo(edges, args, more),
          totalCount: async () => Math.min(await count(), RANKED_AT_MOST),
          isCapped: async () => (await count()) > RANKED_AT_MOST,
          feedCursor: { position: viewpoint.position, tag: viewpoint.tag } satisfies Cursor,
        }
      },
    },
    {
      ...pageFields('Search'),
      // biome-ignore lint/suspicious/noExplicitAny: Pothos gives each connection a builder type of its own
      fields: (f: any) => ({
        ...pageFields('Search').fields(f),
        isCapped: f.boolean({
          description: `More than ${RANKED_AT_MOST.toLocaleString('en')} developments match: only the ones that changed last are ranked, listed and counted. Narrow the search.`,
          resolve: ({ isCapped }: { isCapped: () => Promise<boolean> }) => isCapped(),
        }),
      }),
    },
    {
      name: 'SearchEdge',
      description: 'A development that was found, why, and its place in the list.',
      // biome-ignore lint/suspicious/noExplicitAny: Pothos gives each connection a builder type of its own
      fields: (f: any) => ({
        rank: f.exposeFloat('rank', {
          description:
            'How well it matches, from 0 to 1: often, close together, in the headline. Compare it within one search.',
        }),
        highlights: f.field({
          type: [HighlightRef],
          description: `Its texts that match, the headline first: at most ${MOST_HIGHLIGHTS}. Empty: it names an actor that was searched for, but by no text of its own.`,
          resolve: async ({ highlights }: { highlights: () => Promise<Highlight[]> }) =>
            (await highlights()).slice(0, MOST_HIGHLIGHTS).map(snippet),
        }),
      }),
    },
  ),
)

async function readSearch({ database: { pool } }: Context, given: string): Promise<Search> {
  const read = readSearchQuery(given)
  if ('rule' in read) throw badInput('query', `must ${read.rule}`, given)
  const search = await compileSearch(pool, read)
  if (search === undefined) throw badInput('query', 'must hold a word to search for', given)
  return search
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined
  return () => {
    begun ??= work()
    return begun
  }
}
