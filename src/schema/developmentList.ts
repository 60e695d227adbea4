import type { GraphQLResolveInfo } from 'graphql'
import type { Filter } from '../domain/filter.ts'
import type { Cursor } from '../feed/cursor.ts'
import { countDevelopments, type DevelopmentOrder, type Key, listDevelopments } from '../store/developmentList.ts'
import { builder } from './builder.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { globalId, readGlobalId } from './globalId.ts'
import { loadDevelopment, loadDevelopments } from './loadDevelopment.ts'
import { locate, viewpointOf } from './locate.ts'
import { type PageArgs, pageFields, pageInfo, pageSize, readKey, writeKey } from './page.ts'
import { badInput } from './refused.ts'
import { viewpointArgs } from './viewpoint.ts'

export const OrderRef = codes<DevelopmentOrder>(
  'DevelopmentOrder',
  'How developments are ordered; ties by their place in the feed.',
  {
    WHEN_ASC: 'Earliest first; unknown dates last.',
    WHEN_DESC: 'Latest first; unknown dates first.',
    RECORDED_ASC: 'In the order of the feed, by their latest revision.',
    RECORDED_DESC: 'Last changed first.',
  },
)

type DevelopmentPageArgs = PageArgs & { readonly orderBy?: DevelopmentOrder | null | undefined }

/** One page of developments from the operation's viewpoint, in the shape of a Relay connection. */
export async function developmentPage(
  context: Context,
  info: GraphQLResolveInfo,
  args: DevelopmentPageArgs,
  filter: Filter,
) {
  const viewpoint = viewpointOf(context, info)
  const { limit, backwards } = pageSize(args)
  const { pool } = context.database
  const order = args.orderBy ?? 'WHEN_ASC'
  const sorting = order.startsWith('WHEN') ? 'moment' : 'number'
  const { keys, more } = await listDevelopments(pool, viewpoint, {
    ...{ filter, limit, backwards, order },
    after: readKey('after', args.after, sorting),
    before: readKey('before', args.before, sorting),
  })
  const rows = await loadDevelopments(
    context,
    keys.map(({ position }) => position),
  )
  const byPosition = new Map(keys.map((key) => [key.position, key]))
  const edges = rows.map((node) => ({ node, cursor: writeKey(byPosition.get(node.position) as Key) }))
  return {
    edges,
    pageInfo: pageInfo(edges, args, more),
    totalCount: () => countDevelopments(pool, viewpoint, filter),
    feedCursor: { position: viewpoint.position, tag: viewpoint.tag } satisfies Cursor,
  }
}

export const orderArg = {
  orderBy: builder.args((t) => ({
    orderBy: t.field({ type: OrderRef, defaultValue: 'WHEN_ASC', description: 'How they are ordered.' }),
  })).orderBy,
}

/** Used by every field that lists developments of all kinds. */
export const DevelopmentConnection = builder.connectionObject(
  { type: DevelopmentRef, ...pageFields('Development') },
  { name: 'DevelopmentEdge', description: 'A development and its place in the list.' },
)

builder.queryField('developments', (t) =>
  t.connection(
    {
      type: DevelopmentRef,
      description: 'Developments, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
      },
      resolve: async (_root, args, context, info) =>
        developmentPage(context, info, args, await readFilter(context, args.filter)),
    },
    DevelopmentConnection,
  ),
)

builder.queryField('development', (t) =>
  t.field({
    type: DevelopmentRef,
    nullable: true,
    description: 'One development; null: there is none of that name from this viewpoint. Give `ref` or `id`.',
    args: {
      ...viewpointArgs,
      ref: t.arg.string({ description: 'Its short name: "exchange-32-2".' }),
      id: t.arg.id({ description: 'Its global id.' }),
    },
    resolve: async (_root, { ref, id }, context, info) => {
      if ((ref == null) === (id == null)) throw badInput('ref', 'must be given, or `id`, and not both', { ref, id })
      const named = ref ?? (id == null ? undefined : developmentId(id))
      return loadDevelopment(context, await locate(context, info, named as string))
    },
  }),
)

function developmentId(id: string): string {
  const read = readGlobalId(id)
  if (read?.type !== 'Development')
    throw badInput('id', `must be a development's id, like ${globalId('Development', 'ref')}`, id)
  return read.id
}
