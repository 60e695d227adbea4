import { isTombstone } from '../domain/revise.ts'
import type { FeedAction } from '../feed/change.ts'
import { collect } from '../feed/collect.ts'
import { type Cursor, encodeCursor } from '../feed/cursor.ts'
import type { Change, FeedState, Item, StatusItem } from '../feed/item.ts'
import { readLog } from '../store/log.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { startOf } from './following.ts'
import { loadDevelopment } from './loadDevelopment.ts'
import { enterViewpoint, locate } from './locate.ts'
import { locatedCursor } from './locatedCursor.ts'
import { pageSize } from './page.ts'
import { badInput } from './refused.ts'
import { RevisionRef } from './revision.ts'
import { readFeedCursor } from './scalars.ts'
import { headOf } from './viewpoint.ts'

const MOST_LAST = 1000

const FeedActionRef = codes<FeedAction>('FeedAction', 'What an item means for the follower.', {
  CREATED: 'The development entered the record.',
  AMENDED: 'New evidence was added.',
  BACKDATED: 'Evidence published earlier arrived late: the past is told anew, the present not yet.',
  CORRECTED: 'The desk corrected the record.',
  RETRACTED: 'The desk withdrew the development.',
  REINSTATED: 'It is back, after a retraction or a merge.',
  MERGED: 'It is the same event as another development, which holds it from now on: `mergedInto`.',
  LEFT_FILTER: 'It changed so that it no longer passes the filter: take it off.',
})

const FeedStateRef = codes<FeedState>('FeedState', 'Where a follower stands.', {
  OPENED: 'Following begins here.',
  CAUGHT_UP: 'Everything up to here has been sent; what follows is live.',
  HEARTBEAT: 'Still here. Everything up to `cursor` has been considered, also if nothing matched.',
  LAGGED: 'You took nothing for too long; the connection ends. Resume after `cursor`.',
  CLOSING: 'The server goes; the connection ends. Resume after `cursor`.',
})

/** An item of the feed. */
export const FeedItemRef = builder.interfaceRef<Item>('FeedItem').implement({
  description: 'Something that the feed sends.',
  resolveType: ({ type }) => (type === 'change' ? 'DevelopmentChange' : 'FeedStatus'),
  fields: (t) => ({
    cursor: t.field({
      type: 'FeedCursor',
      description: 'Resume after this one: everything up to here has been sent or did not match.',
      resolve: ({ position, tag }) => ({ position, tag }),
    }),
    position: t.exposeInt('position', { description: 'Its place in the feed: 1, 2, 3 …, without holes.' }),
    previousPosition: t.exposeInt('previousPosition', {
      description:
        'No match for this subscription lies strictly between it and this item. You have lost something if, and only if, it is above your last cursor’s position.',
    }),
  }),
})

export const DevelopmentChangeRef = builder.objectRef<Change>('DevelopmentChange').implement({
  description: 'A revision that concerns the follower.',
  interfaces: [FeedItemRef],
  fields: (t) => ({
    action: t.expose('action', { type: FeedActionRef, description: 'What it means for the follower.' }),
    ref: t.string({ description: 'The development, by ref.', resolve: ({ entry }) => entry.development }),
    development: t.field({
      type: DevelopmentRef,
      nullable: true,
      description: 'The development as it stood at this position, whenever it is read; a Tombstone if it is withheld.',
      resolve: async ({ entry }, _args, context, info) => {
        enterViewpoint(info, { position: entry.position, tag: entry.tag, asOf: null })
        const own = await loadDevelopment(context, entry.position)
        // A tombstone, and what was current when it was written, stand at their own positions; a backdated revision never
        // was current, and of what is withheld now nothing is shown.
        if (own && (isTombstone(entry.action) || (entry.action !== 'BACKDATED' && !own.withheld))) return own
        return loadDevelopment(context, await locate(context, info, entry.development))
      },
    }),
    mergedInto: t.field({
      type: DevelopmentRef,
      nullable: true,
      description:
        'Of a MERGED one the development that holds it from this position on: its own item, if it changed, came just before. Null for every other action.',
      resolve: async ({ entry }, _args, context, info) => {
        if (entry.action !== 'MERGED') return null
        enterViewpoint(info, { position: entry.position, tag: entry.tag, asOf: null })
        const into = (await loadDevelopment(context, entry.position))?.mergedInto
        return into == null ? null : loadDevelopment(context, await locate(context, info, into))
      },
    }),
    revision: t.field({
      type: RevisionRef,
      // What fails to be read must not take the item's cursor with it.
      nullable: true,
      description: 'The revision: its reason, its report and what it changed. Null beside an error that says why.',
      resolve: ({ position }, _args, context) => loadDevelopment(context, position),
    }),
  }),
})

builder.objectRef<StatusItem>('FeedStatus').implement({
  description: 'Where the follower stands; sent at the beginning, at the head, and while nothing else comes.',
  interfaces: [FeedItemRef],
  fields: (t) => ({
    state: t.expose('state', { type: FeedStateRef, description: 'Where it stands.' }),
    head: t.expose('head', { type: 'FeedCursor', description: 'The end of the feed, as this server knows it.' }),
    headPosition: t.int({
      description: 'The position of the head: how far there is to go.',
      resolve: ({ head }) => head.position,
    }),
  }),
})

builder.subscriptionField('developments', (t) =>
  t.field({
    type: FeedItemRef,
    description:
      'Every new revision, once and in order, from where you say: `after` a cursor, the `last` matches, or, with neither, from now. Replay goes over into live without a seam.',
    args: {
      after: t.arg({
        type: 'FeedCursor',
        description: 'Everything after this place. `feedHead.origin` gives all there is.',
      }),
      last: t.arg.int({ description: `Begin with the last matches, at most ${MOST_LAST}. Not beside \`after\`.` }),
      filter: t.arg({
        type: DevelopmentFilter,
        description: 'Which revisions; left out: all. Filters read revision content only.',
      }),
    },
    subscribe: async (_root, { after, last, filter: sent }, context) => {
      const { feed } = context
      if (last != null && after != null) throw badInput('last', 'must not be given beside `after`', last)
      if (last != null && (last < 0 || last > MOST_LAST)) throw badInput('last', `must be from 0 to ${MOST_LAST}`, last)
      const filter = await readFilter(context, sent)
      const start =
        after != null ? await locatedCursor(feed, after) : last != null ? await feed.before(last, filter) : feed.head()
      return startOf(start, filter)
    },
    resolve: (item) => item,
  }),
)

const FeedHeadRef = builder.objectRef<{ head: Cursor; origin: Cursor }>('FeedHead').implement({
  description: 'Where the feed begins and ends.',
  fields: (t) => ({
    cursor: t.field({
      type: 'FeedCursor',
      description: 'The end: after it comes what is yet to happen.',
      resolve: ({ head }) => head,
    }),
    position: t.int({
      description: 'Position of the newest revision; 0 in an empty record.',
      resolve: ({ head }) => head.position,
    }),
    origin: t.field({
      type: 'FeedCursor',
      description: 'The beginning: after it comes everything.',
      resolve: ({ origin }) => origin,
    }),
  }),
})

builder.queryField('feedHead', (t) =>
  t.field({
    type: FeedHeadRef,
    description: 'Where the feed begins and ends.',
    resolve: async (_root, _args, context) => ({ head: await headOf(context), origin: context.feed.origin() }),
  }),
)

builder.queryField('feed', (t) =>
  t.connection(
    {
      type: DevelopmentChangeRef,
      description: 'The feed as a list: the same items as the subscription gives, in pages of at most 100.',
      args: { filter: t.arg({ type: DevelopmentFilter, description: 'Which revisions; left out: all.' }) },
      resolve: async (_root, args, context) => {
        const { pool } = context.database
        const { limit, backwards } = pageSize(args)
        if (backwards || args.before != null)
          throw badInput('last', 'must be left out: the feed is read forwards', args.last ?? args.before)
        const filter = await readFilter(context, args.filter)
        const head = await headOf(context)
        const after =
          args.after == null ? context.feed.origin() : await locatedCursor(context.feed, readFeedCursor(args.after))
        const found = await collect((from, most) => readLog(pool, from, most), {
          after,
          head: head.position,
          filter,
          limit,
        })
        return {
          edges: found.changes.map((node) => ({ node, cursor: encodeCursor(node) })),
          pageInfo: {
            hasNextPage: found.more,
            hasPreviousPage: after.position > 0,
            startCursor: found.changes[0] ? encodeCursor(found.changes[0]) : null,
            endCursor: found.changes.length > 0 ? encodeCursor(found.changes.at(-1) as Change) : encodeCursor(after),
          },
        }
      },
    },
    { name: 'FeedConnection', description: 'One page of the feed.' },
    { name: 'FeedEdge', description: 'An item of the feed; its cursor is a FeedCursor.' },
  ),
)
