import { z } from 'zod'
import { type AuditAct, audit } from '../store/audit.ts'
import { changeHeld, endHeld, type HeldRow, heldContents, hold, readHeld, refuseHeld } from '../store/held.ts'
import type { Pen } from '../store/pen.ts'
import { type Accepted, unwritten } from './accepted.ts'
import type { Dispatch } from './contract.ts'
import { text } from './contractText.ts'
import { acceptDispatch } from './dispatch.ts'
import { isEmbargoed } from './embargo.ts'
import { prepare } from './prepare.ts'
import { problem, Refusal, readBy } from './refusal.ts'

/**
 * Takes one dispatch as it was sent: into the record or, under an embargo, beside it. What is held is judged as if it
 * came in now, by rehearsing that in the very transaction; nothing of it stays but its row. Throws a Refusal that lists
 * what the record cannot take.
 */
export async function takeDispatch(pen: Pen, sent: Dispatch): Promise<Accepted> {
  const { dispatch, embargoUntil } = opened(sent)
  if (embargoUntil === undefined || !isEmbargoed(sent, pen.now)) return acceptDispatch(pen, dispatch)
  const would = await pen.rehearse(() => acceptDispatch(pen, dispatch))
  if (would.unchanged) return would
  const { $schema: _, ...body } = dispatch
  const became = await hold(pen, { id: would.dispatch, reportId: dispatch.report.id, body, embargoUntil })
  const told = became === 'held' ? { embargoUntil, dispatch: body } : { embargoUntil }
  if (became !== 'unchanged') await tell(pen, 'HOLD', { id: would.dispatch, reportId: dispatch.report.id }, told)
  return { ...unwritten(would.dispatch, became === 'unchanged'), heldUntil: new Date(embargoUntil) }
}

/**
 * Takes one dispatch as it was sent and, where it would be held, into the record as well: for a preview, which tells what
 * followers will get of it in the end, and takes all of it back.
 */
export async function lookThrough(pen: Pen, sent: Dispatch): Promise<Accepted> {
  const became = await takeDispatch(pen, sent)
  if (became.heldUntil !== undefined) await acceptDispatch(pen, opened(sent).dispatch)
  return became
}

/** Takes a held dispatch into the record now; also one that was refused when it was due, or discarded. */
export async function releaseHeld(pen: Pen, id: string): Promise<Accepted> {
  const held = await known(pen, id)
  if (held.standing === 'RELEASED') throw new Refusal([problem(['id'], 'must not be released already', id)])
  const accepted = await takeIn(pen, held)
  await audit(pen, [{ act: 'RELEASE', subject: held.reportId, dispatch: held.dispatchId }])
  return accepted
}

/**
 * Takes a held dispatch into the record if it is still held and its moment has come: of several that try, one finds it
 * so. What the record cannot take by now is kept, with the reasons. Returns whether it was taken.
 */
export async function releaseDue(pen: Pen, id: string): Promise<boolean> {
  const held = await readHeld(pen, id)
  if (held?.standing !== 'HELD' || held.embargoUntil > pen.now) return false
  try {
    await pen.attempt(() => takeIn(pen, held))
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await refuseHeld(pen, id, error.problems)
    return false
  }
}

/** Marked first: as one that is released it is for the record to judge, whatever the desk has changed of it. */
async function takeIn(pen: Pen, { id, body }: Pick<HeldRow, 'id' | 'body'>): Promise<Accepted> {
  await endHeld(pen, [id], 'RELEASED')
  return acceptDispatch(pen, body as Dispatch)
}

/**
 * Puts another content in the place of one that is held, or gives it another moment, or both; checked as at first. One
 * that the record refused is held again, and is taken in at once if its moment is past.
 */
export async function editHeld(
  pen: Pen,
  id: string,
  change: { readonly dispatch?: Dispatch; readonly embargoUntil?: Date },
): Promise<HeldRow> {
  const held = await stillHeld(pen, id)
  const sent = change.dispatch && opened(change.dispatch)
  const path = sent === undefined ? ['until'] : ['dispatch', 'embargoUntil']
  const moment = sent?.embargoUntil === undefined ? change.embargoUntil : new Date(sent.embargoUntil)
  if (moment !== undefined && moment <= pen.now) {
    throw new Refusal([problem(path, 'must lie ahead: releaseHeld takes it in now', moment.toISOString())])
  }
  const embargoUntil = moment ?? held.embargoUntil
  const content = sent === undefined ? held : await edited(pen, held, sent.dispatch)
  await changeHeld(pen, id, { ...content, embargoUntil })
  const body = sent === undefined ? {} : { dispatch: content.body }
  await tell(pen, 'EDIT_HELD', held, { embargoUntil, ...body })
  return (await readHeld(pen, id)) as HeldRow
}

/** What a held one becomes by another content, if the record would take that. */
async function edited(
  pen: Pen,
  held: HeldRow,
  dispatch: Dispatch,
): Promise<Pick<HeldRow, 'dispatchId' | 'reportId' | 'body'>> {
  const { $schema: _, ...body } = dispatch
  const { id: dispatchId } = prepare(dispatch)
  const content = { dispatchId, reportId: dispatch.report.id, body }
  if (dispatchId === held.dispatchId) return content
  const other = (await heldContents(pen.client, [dispatchId])).get(dispatchId)
  if (other !== undefined && other.id !== held.id) {
    throw new Refusal([problem(['dispatch'], 'must not be the content of another one that is held, or was', other.id)])
  }
  const would = await pen.rehearse(async () => {
    await changeHeld(pen, held.id, { ...content, embargoUntil: held.embargoUntil })
    return takeIn(pen, { id: held.id, body })
  })
  if (would.unchanged) throw new Refusal([problem(['dispatch'], 'must not be in the record already', dispatchId)])
  return content
}

const discarding = z.strictObject({ reason: text(500) })

/** Never takes a held dispatch in, nor the same content again; its row and the reason stay. */
export async function discardHeld(pen: Pen, id: string, why: string): Promise<HeldRow> {
  const { reason } = readBy(discarding, { reason: why })
  const held = await stillHeld(pen, id)
  await endHeld(pen, [id], 'DISCARDED', reason)
  await tell(pen, 'DISCARD_HELD', held, { reason })
  return (await readHeld(pen, id)) as HeldRow
}

/** A dispatch as it comes in, and until when it is held: that is no part of it. */
function opened({ embargoUntil, ...dispatch }: Dispatch) {
  return { dispatch, embargoUntil }
}

async function known(pen: Pen, id: string): Promise<HeldRow> {
  const held = await readHeld(pen, id)
  if (held === undefined) throw new Refusal([problem(['id'], 'must be the id of a dispatch that is held', id)])
  return held
}

async function stillHeld(pen: Pen, id: string): Promise<HeldRow> {
  const held = await known(pen, id)
  if (held.standing === 'HELD' || held.standing === 'REFUSED') return held
  const became = held.standing === 'RELEASED' ? 'released' : 'discarded'
  throw new Refusal([problem(['id'], `must be of one that is held still: it was ${became} by ${held.endedBy}`, id)])
}

/** Tells the audit trail, which keeps every content that was ever held. */
function tell(
  pen: Pen,
  act: AuditAct,
  { id, reportId }: Pick<HeldRow, 'id' | 'reportId'>,
  told: object,
): Promise<void> {
  return audit(pen, [{ act, subject: reportId, body: { held: id, ...told } }])
}
