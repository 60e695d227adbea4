import { queryFromInfo } from '@pothos/plugin-prisma'
import DataLoader from 'dataloader'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import type { Context } from './context.ts'
import type { RevisionRow } from './loadDevelopment.ts'
import { viewpointOf } from './locate.ts'
import { type PageArgs, pageInfo, pageSize, readKey, writeKey } from './page.ts'

type Loaders = Map<FieldNode | undefined, DataLoader<string, RevisionRow[]>>
/** By the operation's context, the viewpoint and the field: fields select differently. */
const loaders = new WeakMap<Context, Map<string, Loaders>>()

/** One page of a development's versions up to the viewpoint. The versions of all developments of an answer are one load. */
export async function historyPage(
  development: string,
  args: PageArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<{ edges: { node: RevisionRow; cursor: string }[]; pageInfo: ReturnType<typeof pageInfo> }> {
  const { limit, backwards } = pageSize(args)
  const [after, before] = [readKey('after', args.after)?.position ?? 0, readKey('before', args.before)?.position]
  const rows = await loaderOf(context, info).load(development)
  const within = rows.filter(({ position }) => position > after && (before === undefined || position < before))
  const page = backwards ? within.slice(Math.max(0, within.length - limit)) : within.slice(0, limit)
  const edges = page.map((node) => ({ node, cursor: writeKey({ sort: '', position: node.position }) }))
  return { edges, pageInfo: pageInfo(edges, args, within.length > page.length) }
}

function loaderOf(context: Context, info: GraphQLResolveInfo): DataLoader<string, RevisionRow[]> {
  const { position, asOf } = viewpointOf(context, info)
  const ofContext = loaders.get(context) ?? new Map<string, Loaders>()
  loaders.set(context, ofContext)
  const viewpoint = `${position} ${asOf?.getTime()}`
  const ofViewpoint: Loaders = ofContext.get(viewpoint) ?? new Map()
  ofContext.set(viewpoint, ofViewpoint)
  const field = info.fieldNodes[0]
  const known = ofViewpoint.get(field)
  if (known !== undefined) return known
  const query = queryFromInfo({
    ...{ context, info, paths: [['nodes'], ['edges', 'node']] },
    select: { developmentId: true, position: true },
  })
  const loader = new DataLoader(async (ids: readonly string[]) => {
    const rows: RevisionRow[] = await context.database.prisma.revision.findMany({
      ...(query as object),
      where: { developmentId: { in: [...ids] }, position: { lte: position }, ...(asOf && { knownAt: { lte: asOf } }) },
      orderBy: { position: 'asc' },
    })
    return ids.map((id) => rows.filter((row) => row.developmentId === id))
  })
  ofViewpoint.set(field, loader)
  return loader
}
