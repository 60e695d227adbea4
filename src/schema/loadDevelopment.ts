import { type RevisionRow, readRevisions } from '../store/revision.ts'
import type { Context } from './context.ts'
import { positionLoader } from './loader.ts'

const load = positionLoader(readRevisions)

/** The development that stands at a position; null: none does. */
export async function loadDevelopment(context: Context, position: number | null): Promise<RevisionRow | null> {
  return position === null ? null : ((await load(context, position)) ?? null)
}

/** The developments at the positions, in their order. */
export async function loadDevelopments(context: Context, positions: readonly number[]): Promise<RevisionRow[]> {
  const rows = await Promise.all(positions.map((position) => load(context, position)))
  return rows.filter((row) => row !== undefined)
}
