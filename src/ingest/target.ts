import { loadRecorded, type Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { type Path, problem, Refusal } from './refusal.ts'

/** What the desk means to change. Throws a Refusal when the record does not have it, or another development holds it. */
export async function loadTarget(pen: Pen, path: Path, ref: string): Promise<Recorded> {
  return targetIn(await loadRecorded(pen.client, [ref]), path, ref)
}

export function targetIn(recorded: ReadonlyMap<string, Recorded>, path: Path, ref: string): Recorded {
  const found = recorded.get(ref)
  // What links only name has nothing that could be changed.
  if (found === undefined || found.revisions === 0)
    throw new Refusal([problem(path, 'must be the ref of a development in the record', ref)])
  return heldByItself(found, path)
}

/** Throws a Refusal when another development holds it. */
export function heldByItself(recorded: Recorded, path: Path): Recorded {
  const { id, mergedInto } = recorded
  if (mergedInto !== null) throw new Refusal([problem(path, `must not be merged: ${mergedInto} holds it now`, id)])
  return recorded
}

/** What the record had told of a development before its tombstone: of what never was told, nothing. */
export async function beforeTombstone(pen: Pen, recorded: Recorded): Promise<Recorded> {
  const { id, by, current, revisions } = recorded
  if (revisions === 1) return { ...recorded, evidence: [] }
  const past = { position: current as number, action: by?.id as number }
  return (await loadRecorded(pen.client, [id], past)).get(id) as Recorded
}
