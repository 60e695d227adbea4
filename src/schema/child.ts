import { type ChildRows, type ChildTable, readChildren } from '../store/childRows.ts'
import type { Context } from './context.ts'
import { positionLoader } from './loader.ts'

type Rows = readonly ChildRows[ChildTable][]
type Load = (context: Context, position: number) => Promise<Rows | undefined>

const loaderOf = new Map<ChildTable, Load>()

/** What lies below the revision at a position in one table, in its order. */
export async function childrenOf<T extends ChildTable>(
  context: Context,
  table: T,
  position: number,
): Promise<readonly ChildRows[T][]> {
  const load: Load = loaderOf.get(table) ?? positionLoader((pool, positions) => readChildren(pool, table, positions))
  loaderOf.set(table, load)
  return ((await load(context, position)) ?? []) as readonly ChildRows[T][]
}

/** The one row of it where a revision has one at the most: its detail. */
export async function detailOf<T extends ChildTable & `${string}Detail`>(
  context: Context,
  table: T,
  position: number,
): Promise<ChildRows[T] | undefined> {
  return (await childrenOf(context, table, position))[0]
}
