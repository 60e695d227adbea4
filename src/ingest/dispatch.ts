import type { Material } from '../domain/fold.ts'
import { revise } from '../domain/revise.ts'
import { arrived } from '../store/arrival.ts'
import { audit } from '../store/audit.ts'
import { heldContents } from '../store/held.ts'
import { loadRecorded, type Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import type { Rows } from '../store/rows.ts'
import { type Accepted, unwritten } from './accepted.ts'
import { dispatch as contract, type Dispatch } from './contract.ts'
import { decided, endEmbargo, isEmbargoed } from './embargo.ts'
import { introduce } from './identities.ts'
import { type Known, loadKnown } from './known.ts'
import { mention } from './mention.ts'
import { refuseUnfit } from './objections.ts'
import { type Prepared, prepare } from './prepare.ts'
import { place } from './publish.ts'
import { Refusal, readBy } from './refusal.ts'
import { settle } from './settle.ts'
import { openSheet, type Sheet } from './sheet.ts'

/** Reads unknown input as a dispatch. Throws a Refusal that lists everything that is wrong with its form. */
export function readDispatch(input: unknown): Dispatch {
  return readBy(contract, input)
}

/**
 * Takes one dispatch into the record: all of it or nothing. Evidence is united with what the record holds; a value that
 * differs becomes a claim beside the standing one. Throws a Refusal that lists what the record cannot take.
 */
export async function acceptDispatch(pen: Pen, dispatch: Dispatch): Promise<Accepted> {
  const sent = prepare(dispatch)
  if (introduces(dispatch) && (await isNews(pen, sent))) {
    await introduce(pen, dispatch)
    await mention(pen, dispatch.copyOf?.mentions ?? [], (i) => ['copyOf', 'mentions', i])
  }
  const [outcome] = await acceptGroup(pen, [sent])
  if (outcome instanceof Refusal) throw outcome
  return outcome as Accepted
}

/** Whether the record does not have a dispatch yet, and the desk keeps it from nobody. */
async function isNews({ client }: Pen, sent: Prepared): Promise<boolean> {
  if ((await arrived(client, sent.sameAs)).size > 0) return false
  return decided((await heldContents(client, [sent.id])).get(sent.id), sent) === undefined
}

/** Whether a dispatch brings names of its own, of actors, places, outlets or developments: it is not accepted in a group. */
export function introduces({ actors, places, outlets, copyOf }: Dispatch): boolean {
  return actors.length + places.length + outlets.length + (copyOf?.mentions.length ?? 0) > 0
}

/**
 * Takes several dispatches into the record, as if one after the other: each whole, or refused alone. What they speak of
 * is read at once for all of them, each is judged and folded in memory, and what is accepted is written together. Where
 * the desk has mended any of it, which is rare, they are taken one after the other, and the record is asked each time who
 * holds what. Rejects, for another reason than their content, for all of them.
 */
export async function acceptGroup(pen: Pen, group: readonly Prepared[]): Promise<(Accepted | Refusal)[]> {
  // The last door: whoever calls this has to hold such a one instead.
  if (group.some(({ dispatch }) => isEmbargoed(dispatch, pen.now))) throw new Error('A dispatch is under an embargo')
  const known = await loadKnown(pen, group)
  const outcomes: (Accepted | Refusal)[] = []
  if (isMended(known)) {
    const [only, another] = group
    if (only !== undefined && another === undefined) return [await acceptMended(pen, known, only)]
    for (const sent of group) outcomes.push(...(await acceptGroup(pen, [sent])))
    return outcomes
  }
  const sheet = openSheet(pen)
  try {
    for (const sent of group) {
      outcomes.push(accept(pen, known, sheet, sent))
      await sheet.pause()
    }
    await sheet.finish()
    await tell(pen, known, group, outcomes)
    return outcomes
  } finally {
    // Whoever rolls back must not do so in the midst of it.
    await sheet.settle()
  }
}

/** Whether the desk has merged or split any of it, or retracted a report: then evidence may be another one's, or nobody's. */
function isMended({ recorded, reports }: Known): boolean {
  return [...recorded.values()].some(({ mended }) => mended) || [...reports.values()].some((r) => r.isRetracted)
}

/** What becomes of a dispatch of which nothing is written: it is in the record already, or the record cannot take it. */
function turnedAway(known: Known, sent: Prepared): Accepted | Refusal | undefined {
  if (sent.sameAs.some((id) => known.dispatches.has(id))) return unwritten(sent.id, true)
  const held = decided(known.held.get(sent.id), sent)
  if (held !== undefined) return held
  try {
    refuseUnfit(known, sent)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Takes a dispatch of which the record must be asked who holds it once it is there. */
async function acceptMended(pen: Pen, known: Known, sent: Prepared): Promise<Accepted | Refusal> {
  const refused = turnedAway(known, sent)
  if (refused !== undefined) return refused
  const { id: dispatch, accounts } = sent
  const refs = accounts.map(({ ref }) => ref)
  const before = new Map(known.recorded)
  const sheet = openSheet(pen)
  const { report } = addEvidence(pen, known, sheet, sent)
  // What it brings is not known yet; never is it listed too early.
  if (report !== undefined) report.listedFrom = pen.position + 1
  await sheet.finish()
  const after = await loadRecorded(pen.client, refs)
  // What was merged or split has its evidence elsewhere than at the ref that the dispatch names.
  const grown = [...new Set([...refs, ...[...after.keys()].sort()])]
    .map((ref) => after.get(ref) as Recorded)
    .filter((is) => is.evidence.length > (before.get(is.id)?.evidence.length ?? 0))
  const settled = await settle(pen, grown, before, known.places, { dispatch, report: sent.dispatch.report.id })
  if (settled.revisions === 0) pen.identityChanged()
  const accepted = { dispatch, ...settled, unchanged: false }
  await tell(pen, known, [sent], [accepted])
  return accepted
}

/** Tells the audit trail of what was written, and ends its embargo: nothing where nothing was. */
async function tell(
  pen: Pen,
  { held }: Known,
  group: readonly Prepared[],
  outcomes: readonly (Accepted | Refusal)[],
): Promise<void> {
  const accepted = group.filter((_, i) => {
    const outcome = outcomes[i] as Accepted | Refusal
    return !(outcome instanceof Refusal) && !outcome.unchanged
  })
  const named = accepted.map(({ id, dispatch: { report } }) => ({ id, report: report.id, held: held.get(id) }))
  await audit(
    pen,
    named.map(({ id, report }) => ({ act: 'INGEST', subject: report, dispatch: id })),
  )
  await endEmbargo(
    pen,
    named.flatMap(({ held, report }) => (held === undefined ? [] : [{ held, report }])),
  )
}

function accept(pen: Pen, known: Known, sheet: Sheet, sent: Prepared): Accepted | Refusal {
  const refused = turnedAway(known, sent)
  if (refused !== undefined) return refused
  const { id: dispatch, accounts } = sent
  const refs = accounts.map(({ ref }) => ref)
  // What links only name has a row, and no revision yet.
  const isNew = new Set(refs.filter((ref) => (known.recorded.get(ref)?.revisions ?? 0) === 0))
  const { before, report } = addEvidence(pen, known, sheet, sent)
  const first = pen.position + 1
  let revisions = 0
  for (const ref of refs) {
    const [was, is] = [before.get(ref), known.recorded.get(ref) as Recorded]
    if (is.withheld) continue
    const { enclosing } = known.places
    const material: Material = { ...is, evidence: was?.evidence ?? [], enclosing }
    const planned = revise(material, { ...is, enclosing }, isNew.has(ref) ? 'CREATED' : 'AMENDED')
    const placed = place(pen, { recorded: is, revisions: planned }, known.places, { dispatch })
    for (const revision of placed) sheet.revise(revision)
    revisions += placed.length
    const current = placed.findLast(({ action }) => action !== 'BACKDATED')?.position ?? is.current
    const by = current === is.current ? is.by : null
    known.recorded.set(ref, { ...is, current, by, revisions: is.revisions + placed.length })
  }
  if (revisions > 0 && report !== undefined) report.listedFrom = first
  // Its report is new to the list of reports, although the feed has not moved.
  if (revisions === 0) pen.identityChanged()
  const withheld = refs.filter((ref) => known.recorded.get(ref)?.withheld)
  const shown = refs.filter((ref) => !withheld.includes(ref))
  const created = shown.filter((ref) => isNew.has(ref))
  const amended = shown.filter((ref) => !isNew.has(ref))
  return { dispatch, created, amended, withheld, revisions, unchanged: false }
}

/** Adds what a dispatch says to what is known; returns what was known before of its developments, and its report, if new. */
function addEvidence(pen: Pen, known: Known, sheet: Sheet, sent: Prepared) {
  const { id: dispatch, body, accounts } = sent
  const { report: given, process, copyOf } = sent.dispatch
  const { now, position: arrivedAt } = pen
  let report = known.reports.get(given.id)
  let fresh: Rows['Report'] | undefined
  if (report === undefined) {
    const { id, title = null, url = null, language, credits, outlet = null } = given
    const published = { ...given.published }
    report = {
      outlet,
      published,
      knownAt: published.latest ?? copyOf?.knownAt ?? now.toISOString(),
      isRetracted: false,
    }
    known.reports.set(id, report)
    const row = { id, outletId: outlet, title, url, language, credits, published, knownAt: report.knownAt }
    fresh = { ...row, listedFrom: arrivedAt }
    sheet.add({ Report: [fresh] })
  }
  const { outlet, published, knownAt } = report
  const original = copyOf?.dispatch ?? null
  const from = { dispatch, original, report: given.id, outlet, arrivedAt, knownAt, publishedFrom: published.earliest }
  sheet.add({ Dispatch: [{ id: dispatch, reportId: given.id, receivedAt: now, body: body as never }] })
  known.dispatches.add(dispatch)

  const before = new Map<string, Recorded>()
  for (const account of accounts) {
    const { ref, kind } = account
    const was = known.recorded.get(ref)
    if (was !== undefined) before.set(ref, was)
    else sheet.add({ Development: [{ id: ref, kind, processId: process, withheld: false }] })
    const untold = { withheld: false, mergedInto: null, revisions: 0, current: null, by: null, mended: false }
    const first = { id: ref, kind, process, ...untold, corrections: [], names: [ref] }
    known.recorded.set(ref, { ...(was ?? first), evidence: [...(was?.evidence ?? []), { ...from, account }] })
    known.developments.add(ref)
    sheet.add({ Evidence: [{ developmentId: ref, dispatchId: dispatch, arrivedAt, body: account as never }] })
  }
  return { before, report: fresh }
}
