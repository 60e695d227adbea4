import { queryFromInfo } from '@pothos/plugin-prisma'
import type DataLoader from 'dataloader'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import { type IdentityRows, readIdentities } from '../store/identityRows.ts'
import type { Context } from './context.ts'
import { loaders } from './loader.ts'

type Table = keyof IdentityRows
type Row<T extends Table> = IdentityRows[T] | null
type Rows = DataLoader<string, Row<Table>>
/** How a field's objects are read; flat: nothing of other tables is selected. */
type Plan = { readonly isFlat: boolean; readonly rows: Rows }

const rowsOf = loaders<Row<Table>>()
/** By the operation's context, the field's nodes and its path: what is selected is planned once for all objects of a list. */
const planned = new WeakMap<Context, Map<readonly FieldNode[], Map<string, Plan>>>()

/**
 * An actor, place, outlet or report by its id; null: there is none. Wherever in an answer they are asked for in one turn of the
 * loop, it is one statement, not one for each field that leads to them.
 */
export async function identityRow<T extends Table>(context: Context, table: T, id: string | null): Promise<Row<T>> {
  return id === null ? null : (flatRows(context, table).load(id) as Promise<Row<T>>)
}

/** The same, as the value of the field of `info`: with what the operation selects of it in other tables. */
export async function identityOf<T extends Table>(
  context: Context,
  info: GraphQLResolveInfo,
  table: T,
  id: string | null,
): Promise<Row<T>> {
  if (id === null) return null
  const ofContext = planned.get(context) ?? new Map<readonly FieldNode[], Map<string, Plan>>()
  planned.set(context, ofContext)
  const ofNodes = ofContext.get(info.fieldNodes) ?? new Map<string, Plan>()
  ofContext.set(info.fieldNodes, ofNodes)
  const path = pathOf(info.path)
  const known = ofNodes.get(path)
  const plan = known ?? planOf(context, info, table)
  ofNodes.set(path, plan)
  // Below each object Pothos wants to be told what was loaded of it, lest it loads it again.
  if (known !== undefined && !plan.isFlat) queryFromInfo({ context, info })
  return plan.rows.load(id) as Promise<Row<T>>
}

/** The same, of one that is there: a foreign key names it. */
export async function presentIdentity<T extends Table>(
  context: Context,
  info: GraphQLResolveInfo,
  table: T,
  id: string,
): Promise<IdentityRows[T]> {
  const row = await identityOf(context, info, table, id)
  if (row === null) throw new Error(`${table} ${id} is missing`)
  return row
}

function flatRows(context: Context, table: Table): Rows {
  return rowsOf(context, table, (ids) => readIdentities(context.database.pool, table, ids))
}

/** Fields that select alike, wherever they stand, are read together. */
function planOf(context: Context, info: GraphQLResolveInfo, table: Table): Plan {
  const query: { select?: object; include?: object } = queryFromInfo({ context, info })
  if (query.select === undefined && query.include === undefined) return { isFlat: true, rows: flatRows(context, table) }
  const { prisma } = context.database
  const rows = rowsOf(context, `${table} ${JSON.stringify(query)}`, async (ids) => {
    const wanted = { ...query, where: { id: { in: [...ids] } } }
    const read: { [T in Table]: () => Promise<IdentityRows[T][]> } = {
      Actor: () => prisma.actor.findMany(wanted),
      Place: () => prisma.place.findMany(wanted),
      Outlet: () => prisma.outlet.findMany(wanted),
      Report: () => prisma.report.findMany(wanted),
    }
    const byId = new Map<string, Row<Table>>((await read[table]()).map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })
  return { isFlat: false, rows }
}

/** Where a field stands in the answer, whichever entry of a list it is in: as the plan of its selection is kept. */
function pathOf(path: GraphQLResolveInfo['path'] | undefined): string {
  if (path === undefined) return ''
  const before = pathOf(path.prev)
  return typeof path.key === 'number' ? before : `${before}.${path.key}`
}
