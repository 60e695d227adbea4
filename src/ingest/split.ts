import { z } from 'zod'
import { canonical } from '../domain/canonical.ts'
import type { Citation } from '../domain/citation.ts'
import { fold, isTold } from '../domain/fold.ts'
import type { PassageOf, Selection } from '../domain/mending.ts'
import { revise } from '../domain/revise.ts'
import { recordDeskAction } from '../store/deskAction.ts'
import { loadGazetteer } from '../store/gazetteer.ts'
import { loadRecorded, type Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setMergedInto } from '../store/withheld.ts'
import { list, slug, text } from './contractText.ts'
import { mention } from './mention.ts'
import { publish } from './publish.ts'
import { type Problem, problem, Refusal, readBy } from './refusal.ts'
import { beforeTombstone, targetIn } from './target.ts'

/** One development that is two events. */
export const split = z
  .strictObject({
    from: slug.describe('The development that is two events, and stays the one of them.'),
    ref: slug.describe(
      'Names the other one: a new ref. Or one that was merged into this one: then all that came under it goes back to it.',
    ),
    headline: text(160)
      .optional()
      .describe('What happened there, in our own words. To be left out only where `ref` was merged.'),
    summary: text(1200).optional().describe('What happened there, at more length. Only beside `headline`.'),
    reports: list(slug).describe('Reports whose whole account of it is about the other one, by their ids.'),
    passages: list(text(200)).describe(
      'Passages that are about the other one, by the keys of its citations: "report#key".',
    ),
    reason: text(500).describe('Why they are two events: readers see it.'),
  })
  .meta({ id: 'Split', description: 'Which development is two events, what belongs to the other one, and why.' })

export type Split = z.output<typeof split>

export function readSplit(input: unknown): Split {
  return readBy(split, input)
}

/**
 * Splits a development in two: what is named goes to the other one, whatever arrives of it later, too. The dispatches
 * stay as they are. The other one is written first: there is no place of the feed at which what it tells is missing.
 */
export async function splitDevelopment(pen: Pen, sent: Split): Promise<void> {
  const { from, ref, reason, headline, summary } = sent
  const before = await loadRecorded(pen.client, [from, ref])
  const source = targetIn(before, ['from'], from)
  if (source.withheld) throw new Refusal([problem(['from'], 'must be reinstated before it is split', from)])
  const { enclosing } = await loadGazetteer(pen.client)
  const held = before.get(ref)
  // What links only name is new.
  const merged = held?.revisions === 0 ? undefined : held
  const { citations } = fold({ ...source, enclosing }, '\uffff')
  const problems = problemsOfSplit(sent, source, merged, citations)
  if (problems.length > 0) throw new Refusal(problems)

  const passages = passagesOf(
    citations.filter(({ key }) => sent.passages.includes(key)),
    source,
  )
  const selection: Selection = { undoes: merged !== undefined, reports: sent.reports, passages }
  await publishSplit(pen, { from, ref, headline, summary, selection, reason }, source, merged)
}

/** A split, with all that it takes to do it again elsewhere. */
export interface SplitDone extends Omit<Split, 'reports' | 'passages'> {
  readonly selection: Selection
  /** When another desk did it. */
  readonly doneAt?: string
}

/**
 * @param merged what is to go back to what had been merged into the source; undefined: what goes is new
 */
export async function publishSplit(
  pen: Pen,
  { from, ref, reason, headline, summary, selection, doneAt }: SplitDone,
  source: Recorded,
  merged: Recorded | undefined,
): Promise<void> {
  const gazetteer = await loadGazetteer(pen.client)
  const { enclosing } = gazetteer
  const { kind, process } = source
  if (merged === undefined) await mention(pen, [{ ref, kind, process }], () => ['ref'])
  else await setMergedInto(pen, ref, null)
  const body = { from, ref, headline, summary, selection, doneAt }
  const deskAction = await recordDeskAction(pen, { kind: 'SPLIT', development: from, other: ref, reason, body })
  const after = await loadRecorded(pen.client, [from])
  const [stays, goes] = [after.get(from) as Recorded, after.get(ref) as Recorded]
  if (!isTold(stays.evidence) || !isTold(goes.evidence)) {
    throw new Refusal([
      problem(['from'], 'must keep a passage of a report that was not retracted, and so must what is split off', from),
    ])
  }
  const known = merged === undefined ? { ...goes, evidence: [] } : await beforeTombstone(pen, merged)
  const action = merged === undefined ? 'CREATED' : 'REINSTATED'
  const plans = [
    { recorded: goes, revisions: revise({ ...known, enclosing }, { ...goes, enclosing }, action) },
    { recorded: stays, revisions: revise({ ...source, enclosing }, { ...stays, enclosing }, 'CORRECTED') },
  ] as const
  await publish(pen, plans, gazetteer, { deskAction, reason })
}

function problemsOfSplit(
  { from, ref, headline, summary, reports, passages }: Split,
  source: Recorded,
  merged: Recorded | undefined,
  citations: readonly Citation[],
): Problem[] {
  const problems: Problem[] = []
  if (merged !== undefined && merged.mergedInto !== from) {
    problems.push(problem(['ref'], `must be a new ref, or one that was merged into ${from}`, ref))
  }
  if (merged === undefined && headline === undefined) {
    problems.push(problem(['headline'], 'must be given: what is split off is told as one with the rest'))
  }
  if (summary !== undefined && headline === undefined)
    problems.push(problem(['headline'], 'must be given beside summary'))
  if (merged === undefined && reports.length + passages.length === 0) {
    problems.push(problem(['reports'], 'must name what is split off, or `passages` must'))
  }
  const [telling, keys] = [source.evidence.map((e) => e.report), citations.map((c) => c.key)]
  for (const [i, report] of reports.entries()) {
    if (!telling.includes(report)) problems.push(problem(['reports', i], `must be a report that tells ${from}`, report))
  }
  for (const [i, key] of passages.entries()) {
    if (!keys.includes(key)) problems.push(problem(['passages', i], `must be the key of a citation of ${from}`, key))
  }
  return problems
}

/** The passages that citations show, as their dispatches have them: what arrives later may move a key, not a passage. */
function passagesOf(citations: readonly Citation[], { evidence }: Recorded): PassageOf[] {
  return citations.flatMap(({ key, report, outlet: _, retracted: __, ...content }) => {
    const [own] = key.slice(report.length + 1).split('.')
    const same = evidence
      .filter((e) => e.report === report)
      .flatMap(({ account }) => account.citations)
      .find((passage) => canonical(passage) === canonical({ ...content, key: own }))
    return same === undefined ? [] : [{ report, passage: same }]
  })
}
