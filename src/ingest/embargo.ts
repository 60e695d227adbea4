import { audit } from '../store/audit.ts'
import { endHeld, type HeldContent } from '../store/held.ts'
import type { Pen } from '../store/pen.ts'
import { type Accepted, unwritten } from './accepted.ts'
import type { Dispatch } from './contract.ts'
import type { Prepared } from './prepare.ts'
import { problem, Refusal } from './refusal.ts'

/** Whether a dispatch is to be held back still. */
export function isEmbargoed({ embargoUntil }: Pick<Dispatch, 'embargoUntil'>, now: Date): boolean {
  return embargoUntil !== undefined && new Date(embargoUntil) > now
}

/**
 * What becomes of a dispatch whose content the desk has decided on: what it discarded stays out, and what it has edited
 * or postponed comes in as and when it says, however often the file is sent again. Undefined: the record is to judge.
 */
export function decided(held: HeldContent | undefined, { id }: Pick<Prepared, 'id'>): Accepted | Refusal | undefined {
  if (held === undefined) return undefined
  const { standing, dispatchId, editedAt, embargoUntil } = held
  if (standing === 'DISCARDED') {
    return new Refusal([
      problem([], 'must not be one that the desk discarded while it was held: the desk may release it'),
    ])
  }
  if (standing === 'RELEASED') return dispatchId === id ? undefined : unwritten(dispatchId, true)
  return editedAt === null ? undefined : { ...unwritten(dispatchId, true), heldUntil: embargoUntil }
}

/** Ends the holding of what was accepted without waiting for its moment, since it was sent again without an embargo. */
export async function endEmbargo(
  pen: Pen,
  released: readonly { readonly held: HeldContent; readonly report: string }[],
): Promise<void> {
  const open = released.filter(({ held }) => held.standing !== 'RELEASED')
  if (open.length === 0) return
  const ids = open.map(({ held }) => held.id)
  await endHeld(pen, ids, 'RELEASED')
  await audit(
    pen,
    open.map(({ held, report }) => ({ act: 'RELEASE', subject: report, dispatch: held.dispatchId })),
  )
}
