import type { MaybePromise } from '@pothos/core'
import { queryFromInfo } from '@pothos/plugin-prisma'
import type DataLoader from 'dataloader'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import { type IdentityRows, readIdentities } from '../store/identityRows.ts'
import type { Context } from './context.ts'
import { keptRows, onceRead } from './kept.ts'
import { sharedLoaders } from './loader.ts'

type Table = keyof IdentityRows
type Row<T extends Table> = IdentityRows[T] | null
type Rows = DataLoader<string, Row<Table>>

const rowsOf = sharedLoaders<Row<Table>>()
/** By the operation's context, the field's nodes and its path: what is selected is planned once for all objects of a list. */
const planned = new WeakMap<Context, Map<readonly FieldNode[], Map<string, Rows>>>()
/** Fields that select nothing of other tables, by their nodes, which are those of one operation. */
const flat = new WeakSet<readonly FieldNode[]>()

/**
 * An actor, place, outlet, report or process by its id; null: there is none. Wherever in an answer they are asked for in
 * one turn of the loop, it is one statement, not one for each field that leads to them; what was read already is at hand.
 */
export function identityRow<T extends Table>(context: Context, table: T, id: string | null): MaybePromise<Row<T>> {
  if (id === null) return null
  const kept = keptRows(context)
  const key = `${table} ${id}`
  const atHand = kept?.get(key) as Row<T> | undefined
  if (atHand !== undefined) return atHand
  const asked = flatRows(context, table).load(id) as Promise<Row<T>>
  if (kept === undefined) return asked
  return asked.then((row) => {
    if (row !== null) kept.set(key, row)
    return row
  })
}

/** The same, as the value of the field of `info`: with what the operation selects of it in other tables. */
export function identityOf<T extends Table>(
  context: Context,
  info: GraphQLResolveInfo,
  table: T,
  id: string | null,
): MaybePromise<Row<T>> {
  if (id === null) return null
  const plan = planFor(context, info, table)
  return plan === undefined ? identityRow(context, table, id) : (plan.load(id) as Promise<Row<T>>)
}

/** The same, of one that is there: a foreign key names it. */
export function presentIdentity<T extends Table>(
  context: Context,
  info: GraphQLResolveInfo,
  table: T,
  id: string,
): MaybePromise<IdentityRows[T]> {
  return onceRead(identityOf(context, info, table, id), (row) => {
    if (row === null) throw new Error(`${table} ${id} is missing`)
    return row
  })
}

/** How a field's objects are read; undefined: nothing of other tables is selected. */
function planFor(context: Context, info: GraphQLResolveInfo, table: Table): Rows | undefined {
  if (flat.has(info.fieldNodes)) return undefined
  const ofContext = planned.get(context) ?? new Map<readonly FieldNode[], Map<string, Rows>>()
  planned.set(context, ofContext)
  const ofNodes = ofContext.get(info.fieldNodes) ?? new Map<string, Rows>()
  ofContext.set(info.fieldNodes, ofNodes)
  const path = pathOf(info.path)
  const known = ofNodes.get(path)
  const plan = known ?? planOf(context, info, table)
  if (plan === undefined) flat.add(info.fieldNodes)
  else ofNodes.set(path, plan)
  // Below each object Pothos wants to be told what was loaded of it, lest it loads it again.
  if (known !== undefined) queryFromInfo({ context, info })
  return plan
}

function flatRows(context: Context, table: Table): Rows {
  return rowsOf(context, table, (ids) => readIdentities(context.database.pool, table, ids))
}

/** Fields that select alike, wherever they stand, are read together. */
function planOf(context: Context, info: GraphQLResolveInfo, table: Table): Rows | undefined {
  const query: { select?: object; include?: object } = queryFromInfo({ context, info })
  if (query.select === undefined && query.include === undefined) return undefined
  const { prisma } = context.database
  return rowsOf(context, `${table} ${JSON.stringify(query)}`, async (ids) => {
    const wanted = { ...query, where: { id: { in: [...ids] } } }
    const read: { [T in Table]: () => Promise<IdentityRows[T][]> } = {
      Actor: () => prisma.actor.findMany(wanted),
      Place: () => prisma.place.findMany(wanted),
      Outlet: () => prisma.outlet.findMany(wanted),
      Report: () => prisma.report.findMany(wanted),
      Process: () => prisma.process.findMany(wanted),
    }
    const byId = new Map<string, Row<Table>>((await read[table]()).map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })
}

/** Where a field stands in the answer, whichever entry of a list it is in: as the plan of its selection is kept. */
function pathOf(path: GraphQLResolveInfo['path'] | undefined): string {
  if (path === undefined) return ''
  const before = pathOf(path.prev)
  return typeof path.key === 'number' ? before : `${before}.${path.key}`
}
