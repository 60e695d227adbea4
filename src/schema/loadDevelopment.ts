import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import type { Prisma } from '../store/prisma/client.ts'
import type { Context } from './context.ts'

export type RevisionRow = Prisma.RevisionGetPayload<object>

/** Loads the development that stands at a position, with what the operation selects of it (`typeName`: where the field is of a wider type). */
export async function loadDevelopment(
  context: Context,
  info: GraphQLResolveInfo,
  position: number | null,
  typeName?: string,
): Promise<RevisionRow | null> {
  if (position === null) return null
  const query = queryFromInfo({ context, info, ...(typeName && { typeName }) })
  // Asked for in one turn of the loop with one shape, these are one statement.
  return context.database.prisma.revision.findUnique({ ...query, where: { position } })
}

/** Loads the developments at the positions, in their order; `paths` say where in the answer they are selected. */
export async function loadDevelopments(
  context: Context,
  info: GraphQLResolveInfo,
  positions: readonly number[],
  paths: string[][],
): Promise<RevisionRow[]> {
  if (positions.length === 0) return []
  const query = queryFromInfo({ context, info, paths })
  const rows: RevisionRow[] = await context.database.prisma.revision.findMany({
    ...query,
    where: { position: { in: [...positions] } },
  })
  const byPosition = new Map(rows.map((row) => [row.position, row]))
  return positions.flatMap((position) => byPosition.get(position) ?? [])
}

/** The same, in one statement with all other lists of that field in the answer; `paths`: left out, the field is the list. */
export async function loadEach(
  context: Context,
  info: GraphQLResolveInfo,
  positions: readonly number[],
  paths?: string[][],
): Promise<RevisionRow[]> {
  if (positions.length === 0) return []
  const query = queryFromInfo({ context, info, ...(paths && { paths }) })
  const { revision } = context.database.prisma
  // Asked for in one turn of the loop with one shape, these are one statement.
  const rows = await Promise.all(positions.map((position) => revision.findUnique({ ...query, where: { position } })))
  return rows.filter((row) => row !== null)
}
