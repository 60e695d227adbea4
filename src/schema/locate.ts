import type { GraphQLResolveInfo } from 'graphql'
import { locateDevelopments } from '../store/developmentList.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import type { Context } from './context.ts'
import { loaders } from './loader.ts'

type Path = GraphQLResolveInfo['path']

// What lies below an item of the feed is read at that item's position, whatever the operation's own viewpoint is.
const entered = new WeakMap<Path, Viewpoint>()

/** From here downwards the answer is read from another viewpoint. */
export function enterViewpoint({ path }: GraphQLResolveInfo, viewpoint: Viewpoint): void {
  entered.set(path, viewpoint)
}

/** From where a field reads the record. */
export function viewpointOf({ viewpoint }: Context, info: GraphQLResolveInfo): Viewpoint {
  for (let path: Path | undefined = info.path; path; path = path.prev) {
    const nearer = entered.get(path)
    if (nearer !== undefined) return nearer
  }
  if (viewpoint === undefined) throw new Error('The operation reads the record, but no viewpoint was settled for it.')
  return viewpoint
}

const positions = loaders<number | null>()

/**
 * The position at which a development stands from the field's viewpoint; null when it is not known there.
 * Asked for many developments in one turn of the loop, it is one statement a viewpoint.
 */
export function locate(context: Context, info: GraphQLResolveInfo, development: string): Promise<number | null> {
  const viewpoint = viewpointOf(context, info)
  const key = `${viewpoint.position} ${viewpoint.asOf?.getTime()}`
  const batch = async (ids: readonly string[]) => {
    const found = await locateDevelopments(context.database.pool, viewpoint, ids)
    return ids.map((id) => found.get(id) ?? null)
  }
  return positions(context, key, batch).load(development)
}
