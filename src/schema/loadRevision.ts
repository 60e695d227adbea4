import { queryFromInfo } from '@pothos/plugin-prisma'
import DataLoader from 'dataloader'
import type { GraphQLResolveInfo } from 'graphql'
import type { Pool } from '../store/database.ts'
import { type FlatRevision, flatColumns, readRevisions } from '../store/revision.ts'
import type { Context } from './context.ts'
import type { RevisionRow } from './loadDevelopment.ts'

// What is read holds nothing of whoever asks: items of one turn of the loop, whoever follows, are one statement.
const loaders = new WeakMap<Pool, DataLoader<number, FlatRevision | undefined>>()

/** The revision at a position, without what lies in other tables. */
export function flatRevision({ database: { pool } }: Context, position: number): Promise<FlatRevision | undefined> {
  const loader = loaders.get(pool) ?? new DataLoader((positions) => readAll(pool, positions), { cache: false })
  loaders.set(pool, loader)
  return loader.load(position)
}

async function readAll(pool: Pool, positions: readonly number[]): Promise<(FlatRevision | undefined)[]> {
  const found = new Map((await readRevisions(pool, [...new Set(positions)])).map((row) => [row.position, row]))
  return positions.map((position) => found.get(position))
}

/** The revision at a position with what the operation selects of it; what is flat and at hand is not read again. */
export async function loadRevision(
  context: Context,
  info: GraphQLResolveInfo,
  flat: FlatRevision,
): Promise<RevisionRow> {
  const query: object = queryFromInfo({ context, info })
  if (isFlat(query)) return flat as unknown as RevisionRow
  return context.database.prisma.revision.findUniqueOrThrow({ ...query, where: { position: flat.position } })
}

function isFlat(query: { readonly select?: object }): boolean {
  return (
    query.select !== undefined &&
    Object.entries(query.select).every(([column, wanted]) => wanted === true && flatColumns.has(column))
  )
}
