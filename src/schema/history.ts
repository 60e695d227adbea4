import type { GraphQLResolveInfo } from 'graphql'
import { listHistory } from '../store/history.ts'
import type { RevisionRow } from '../store/revision.ts'
import type { Context } from './context.ts'
import { loadDevelopments } from './loadDevelopment.ts'
import { loaders } from './loader.ts'
import { viewpointOf } from './locate.ts'
import { type PageArgs, pageInfo, pageSize, readKey, writeKey } from './page.ts'

const positionsOf = loaders<readonly number[]>()

/** One page of a development's versions up to the viewpoint. The versions of all developments of an answer are one load. */
export async function historyPage(
  development: string,
  args: PageArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<{ edges: { node: RevisionRow; cursor: string }[]; pageInfo: ReturnType<typeof pageInfo> }> {
  const { limit, backwards } = pageSize(args)
  const [after, before] = [
    readKey('after', args.after, 'nothing')?.position ?? 0,
    readKey('before', args.before, 'nothing')?.position,
  ]
  const viewpoint = viewpointOf(context, info)
  const positions = await positionsOf(context, `${viewpoint.position} ${viewpoint.asOf?.getTime()}`, async (ids) => {
    const found = await listHistory(context.database.pool, viewpoint, ids)
    return ids.map((id) => found.get(id) ?? [])
  }).load(development)
  const within = positions.filter((position) => position > after && (before === undefined || position < before))
  const page = backwards ? within.slice(Math.max(0, within.length - limit)) : within.slice(0, limit)
  const rows = await loadDevelopments(context, page)
  const edges = rows.map((node) => ({ node, cursor: writeKey({ sort: '', position: node.position }) }))
  return { edges, pageInfo: pageInfo(edges, args, within.length > page.length) }
}
