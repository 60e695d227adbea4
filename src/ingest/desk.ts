import { z } from 'zod'
import { aspects, identity, type Value } from '../domain/claim.ts'
import { type Change, correctionBases, matches, targetOf } from '../domain/correction.ts'
import { history, isTold, type Material } from '../domain/fold.ts'
import type { Kind } from '../domain/kind.ts'
import { revise } from '../domain/revise.ts'
import { valueProblem } from '../domain/vocabulary.ts'
import { recordDeskAction } from '../store/deskAction.ts'
import { loadGazetteer } from '../store/gazetteer.ts'
import type { Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setWithheld } from '../store/withheld.ts'
import { exactlyOne, hasOneMember, slug, text } from './contractText.ts'
import { aspectKey, value } from './contractValue.ts'
import { facetsIn, publish, publishTombstone } from './publish.ts'
import { type Path, type Problem, problem, Refusal, readBy } from './refusal.ts'
import { resolveNames } from './resolve.ts'
import { beforeTombstone, loadTarget } from './target.ts'

const targetShape = {
  aspect: z.enum(aspects).describe('Of which aspect.'),
  key: aspectKey,
  value: value.optional().describe('Only claims of this value.'),
  report: slug.optional().describe('Only claims of this report.'),
}
const target = z
  .strictObject(targetShape)
  .meta({ id: 'ClaimTarget', description: 'Claims of one aspect and key, narrowed to a value or a report.' })
const replacement = z.strictObject({ ...targetShape, by: value.describe('What they should say.') }).meta({
  id: 'ClaimReplacement',
  description: 'Claims, and what they should say; the old ones stay visible, deprecated.',
})

const reason = text(500).describe('Why: readers see it.')

/** What the desk changes in one development: claims by their key, or our own wording. */
export const correction = z
  .strictObject({
    ref: slug.describe('The development.'),
    reason,
    basis: z.enum(correctionBases).describe('OUR_MISTAKE holds from the evidence’s own time, SOURCE_CHANGED from now.'),
    headline: text(160).optional().describe('A better headline.'),
    summary: text(1200).optional().describe('A better summary.'),
    changes: z
      .array(
        z
          .strictObject({
            deprecate: target.optional().describe('Set these claims aside.'),
            prefer: target.optional().describe('Put these claims before the others.'),
            replace: replacement.optional().describe('Put other values in the place of these.'),
          })
          .refine(hasOneMember, { error: 'must have exactly one member', abort: true })
          .meta({ id: 'Change', description: 'One change: exactly one member.', ...exactlyOne })
          .transform((c) => c as Change),
      )
      .max(100, 'must have at most 100 entries')
      .default([])
      .describe('What changes, in this order.'),
  })
  .meta({ id: 'Correction', description: 'What the desk corrects in one development.' })

/** Withdraws a development from readers, or gives it back. */
export const withdrawal = z
  .strictObject({ ref: slug.describe('The development.'), reason })
  .meta({ id: 'Withdrawal', description: 'Which development, and why.' })

export type CorrectionSent = z.output<typeof correction>
export type Withdrawal = z.output<typeof withdrawal>

/** What a desk action did. */
export interface DeskResult {
  readonly ref: string
  readonly revisions: number
}

export function readCorrection(input: unknown): CorrectionSent {
  return readBy(correction, input)
}

export function readWithdrawal(input: unknown): Withdrawal {
  return readBy(withdrawal, input)
}

/** Corrects a development. Throws a Refusal when a change meets no claim, or when nothing would change. */
export async function correct(pen: Pen, sent: CorrectionSent): Promise<DeskResult> {
  const asked = structuredClone(sent.changes) as Change[]
  const unresolved = await resolveNames(pen, asked, ['changes'])
  if (unresolved.length > 0) throw new Refusal(unresolved)
  const recorded = await recordedToCorrect(pen, ['ref'], sent.ref)
  const wrong = replacementProblems(recorded.kind, asked, ['changes'])
  if (wrong.length > 0) throw new Refusal(wrong)
  const gazetteer = await loadGazetteer(pen.client)
  const { enclosing } = gazetteer
  const before: Material = { ...recorded, enclosing }
  const { changes, since } = pin(before, asked)
  const knownAt = sent.basis === 'SOURCE_CHANGED' ? pen.now.toISOString() : since
  const { basis, reason: why, headline, summary } = sent
  const entry = { basis, knownAt, reason: why, headline, summary, changes }
  const planned = revise(before, { ...before, corrections: [...before.corrections, entry] }, 'CORRECTED')
  if (planned.length === 0) throw new Refusal([problem([], 'must change something: the record says this already')])
  const deskAction = await recordDeskAction(pen, {
    ...{ development: sent.ref, kind: 'CORRECT', reason: why, basis, knownAt, body: { headline, summary, changes } },
  })
  const revisions = await publish(pen, [{ recorded, revisions: planned }], gazetteer, { deskAction, reason: why })
  return { ref: sent.ref, revisions }
}

/** Withholds a development's content at every viewpoint; a tombstone with the reason stays. */
export async function retract(pen: Pen, { ref, reason: why }: Withdrawal): Promise<DeskResult> {
  const recorded = await loadTarget(pen, ['ref'], ref)
  if (recorded.withheld) throw new Refusal([problem(['ref'], 'must not be retracted already', ref)])
  const gazetteer = await loadGazetteer(pen.client)
  const current = history({ ...recorded, enclosing: gazetteer.enclosing }).at(-1)
  if (current === undefined) throw new Error(`${ref} has no evidence`)
  const deskAction = await recordDeskAction(pen, { development: ref, kind: 'RETRACT', reason: why })
  const facets = facetsIn(gazetteer, recorded, current)
  await publishTombstone(pen, 'RETRACTED', { ...recorded, facets }, { deskAction, reason: why })
  await setWithheld(pen, ref, true)
  return { ref, revisions: 1 }
}

/** Gives a retracted development back, with the evidence that came in meanwhile. */
export async function reinstate(pen: Pen, { ref, reason: why }: Withdrawal): Promise<DeskResult> {
  const recorded = await loadTarget(pen, ['ref'], ref)
  if (!recorded.withheld) throw new Refusal([problem(['ref'], 'must be retracted before it is reinstated', ref)])
  if (!isTold(recorded.evidence)) {
    const rule =
      recorded.evidence.length === 0
        ? 'must be told of by a dispatch first'
        : 'must be told by a report that was not retracted, before it is reinstated'
    throw new Refusal([problem(['ref'], rule, ref)])
  }
  const gazetteer = await loadGazetteer(pen.client)
  const { enclosing } = gazetteer
  const before: Material = { ...(await beforeTombstone(pen, recorded)), enclosing }
  const planned = revise(before, { ...recorded, enclosing }, 'REINSTATED')
  const deskAction = await recordDeskAction(pen, { development: ref, kind: 'REINSTATE', reason: why })
  await setWithheld(pen, ref, false)
  const revisions = await publish(pen, [{ recorded, revisions: planned }], gazetteer, { deskAction, reason: why })
  return { ref, revisions }
}

/** A development that can be corrected. Throws a Refusal where there is none, or where it is withheld. */
export async function recordedToCorrect(pen: Pen, path: Path, ref: string): Promise<Recorded> {
  const recorded = await loadTarget(pen, path, ref)
  if (recorded.withheld) throw new Refusal([problem(path, 'must be reinstated before it is corrected', ref)])
  return recorded
}

export function replacementProblems(kind: Kind, changes: readonly Change[], path: Path): Problem[] {
  return changes.flatMap((change, i) => {
    if (!('replace' in change)) return []
    const { aspect, key, by } = change.replace
    const rule = valueProblem(kind, aspect, key, by)
    return rule === undefined ? [] : [problem([...path, i, 'replace', 'by'], `must ${rule}`, by)]
  })
}

/**
 * Ties each change to the values that it meets now, so that it does not reach for what later reports will say; and
 * finds when the first of their evidence became known, since when our mistake stood. Throws a Refusal when a change
 * meets no claim.
 */
function pin(material: Material, asked: readonly Change[]): { changes: Change[]; since: string } {
  const content = history(material).at(-1)?.content
  const reports = new Map(content?.citations.map((c) => [c.key, c.report]))
  const knownAt = new Map(material.evidence.map((e) => [e.report, e.knownAt]))
  const reportOf = (citation: string) => reports.get(citation) ?? ''
  const moments: string[] = []
  const changes = asked.flatMap((change, i): Change[] => {
    const met = content?.claims.filter((claim) => matches(targetOf(change), claim, reportOf)) ?? []
    if (met.length === 0) {
      throw new Refusal([
        problem(['changes', i], 'must meet a claim of the development, by aspect, key and value', change),
      ])
    }
    moments.push(...met.map((claim) => knownAt.get(reportOf(claim.citation)) as string))
    const values = new Map(met.map(({ value: given }) => [identity(given), given]))
    return [...values.values()].map((given) => withValue(change, given))
  })
  return { changes, since: (moments.length > 0 ? moments : [...knownAt.values()]).sort()[0] as string }
}

function withValue(change: Change, given: Value): Change {
  if ('deprecate' in change) return { deprecate: { ...change.deprecate, value: given } }
  return 'prefer' in change
    ? { prefer: { ...change.prefer, value: given } }
    : { replace: { ...change.replace, value: given } }
}
