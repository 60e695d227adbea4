import type { MaybePromise } from '@pothos/core'
import { type RevisionRow, readRevisions } from '../store/revision.ts'
import type { Context } from './context.ts'
import { onceRead } from './kept.ts'
import { positionLoader } from './loader.ts'

const load = positionLoader('Revision', readRevisions)

/** The development that stands at a position; null: none does. */
export function loadDevelopment(context: Context, position: number | null): MaybePromise<RevisionRow | null> {
  return position === null ? null : onceRead(load(context, position), (row) => row ?? null)
}

/** The developments at the positions, in their order. */
export async function loadDevelopments(context: Context, positions: readonly number[]): Promise<RevisionRow[]> {
  const rows = await Promise.all(positions.map((position) => load(context, position)))
  return rows.filter((row) => row !== undefined)
}
