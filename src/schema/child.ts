import type { MaybePromise } from '@pothos/core'
import { type ChildRows, type ChildTable, readChildren } from '../store/childRows.ts'
import type { Context } from './context.ts'
import { onceRead } from './kept.ts'
import { positionLoader } from './loader.ts'

type Rows = readonly ChildRows[ChildTable][]
type Load = (context: Context, position: number) => MaybePromise<Rows | undefined>

const loaderOf = new Map<ChildTable, Load>()

/** What lies below the revision at a position in one table, in its order. */
export function childrenOf<T extends ChildTable>(
  context: Context,
  table: T,
  position: number,
): MaybePromise<readonly ChildRows[T][]> {
  const known = loaderOf.get(table)
  const load: Load = known ?? positionLoader(table, (pool, positions) => readChildren(pool, table, positions))
  if (known === undefined) loaderOf.set(table, load)
  return load(context, position) as MaybePromise<readonly ChildRows[T][]>
}

/** Makes a reader of what a revision has one row of at the most: its detail. */
export function detailIn<T extends ChildTable & `${string}Detail`>(table: T) {
  return ({ position }: { readonly position: number }, context: Context): MaybePromise<ChildRows[T] | undefined> =>
    onceRead(childrenOf(context, table, position), (rows) => rows[0]) as MaybePromise<ChildRows[T] | undefined>
}
