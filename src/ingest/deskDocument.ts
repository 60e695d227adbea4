import { z } from 'zod'
import type { Change } from '../domain/correction.ts'
import { facetsOfNothing } from '../domain/facets.ts'
import { kinds } from '../domain/kind.ts'
import { revise } from '../domain/revise.ts'
import { isCorrected, recordDeskAction } from '../store/deskAction.ts'
import { loadGazetteer } from '../store/gazetteer.ts'
import { loadRecorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setWithheld } from '../store/withheld.ts'
import { hasOneMember, moment, slug } from './contractText.ts'
import { correction, recordedToCorrect, replacementProblems, retract, withdrawal } from './desk.ts'
import {
  recordedMerge,
  recordedReportRetraction,
  recordedSplit,
  takeMerge,
  takeReportRetraction,
  takeSplit,
} from './mendDocument.ts'
import { mention } from './mention.ts'
import { publish, publishTombstone } from './publish.ts'
import { Refusal, readBy } from './refusal.ts'
import { resolveNames } from './resolve.ts'

const recordedCorrection = z
  .strictObject({
    ...correction.shape,
    knownAt: moment.describe('From when it holds where the source changed its mind.'),
  })
  .meta({ id: 'RecordedCorrection', description: 'A correction as a desk recorded it: its claims are taken as named.' })

const recordedRetraction = z
  .strictObject({
    ...withdrawal.shape,
    kind: z.enum(kinds).describe('Its kind.'),
    process: slug.describe('Its process.'),
  })
  .meta({ id: 'RecordedRetraction', description: 'A retraction: what a record without that development needs, too.' })

/** What a desk did, as a document: exports write it, so that a record can be taken in elsewhere. */
export const deskDocument = z
  .strictObject({
    $schema: z.string().optional().describe('Address of this JSON Schema, for editors.'),
    correct: recordedCorrection.optional().describe('Corrects a development.'),
    retract: recordedRetraction.optional().describe('Withdraws a development.'),
    merge: recordedMerge.optional().describe('Merges a development into another one.'),
    split: recordedSplit.optional().describe('Splits a development in two.'),
    retractReport: recordedReportRetraction.optional().describe('Takes a report back.'),
  })
  .refine(({ $schema: _, ...acts }) => hasOneMember(acts), {
    error: 'must have exactly one of correct, retract, merge, split and retractReport',
    abort: true,
  })
  .meta({ id: 'DeskDocument', description: 'One thing that a desk did.' })

export type DeskDocument = z.output<typeof deskDocument>

/** Reads unknown input as a desk document. Throws a Refusal that lists everything that is wrong with its form. */
export function readDeskDocument(input: unknown): DeskDocument {
  return readBy(deskDocument, input)
}

/** Takes what a desk did into the record; returns false where the record has it already. */
export async function acceptDeskDocument(pen: Pen, document: DeskDocument): Promise<boolean> {
  const { correct, retract: retraction, merge, split, retractReport } = document
  if (correct !== undefined) return apply(pen, correct)
  if (retraction !== undefined) return withdraw(pen, retraction)
  if (merge !== undefined) return takeMerge(pen, merge)
  if (split !== undefined) return takeSplit(pen, split)
  return retractReport !== undefined && takeReportRetraction(pen, retractReport)
}

/** What a desk document has one of. */
export const deskMembers = ['correct', 'retract', 'merge', 'split', 'retractReport'] as const

type Retraction = NonNullable<DeskDocument['retract']>

async function apply(pen: Pen, sent: NonNullable<DeskDocument['correct']>): Promise<boolean> {
  const changes = structuredClone(sent.changes) as Change[]
  const unresolved = await resolveNames(pen, changes, ['correct', 'changes'])
  const { ref, reason, basis, knownAt, headline, summary } = sent
  const entry = { basis, knownAt, reason, headline, summary, changes }
  if (await isCorrected(pen, ref, entry)) return false
  const recorded = await recordedToCorrect(pen, ['correct', 'ref'], ref)
  const problems = [...unresolved, ...replacementProblems(recorded.kind, changes, ['correct', 'changes'])]
  if (problems.length > 0) throw new Refusal(problems)
  const gazetteer = await loadGazetteer(pen.client)
  const { enclosing } = gazetteer
  const before = { ...recorded, enclosing }
  const planned = revise(before, { ...before, corrections: [...before.corrections, entry] }, 'CORRECTED')
  // Kept also where it changes nothing yet: it may bear on what comes later.
  const body = { headline, summary, changes }
  const deskAction = await recordDeskAction(pen, { development: ref, kind: 'CORRECT', reason, basis, knownAt, body })
  await publish(pen, [{ recorded, revisions: planned }], gazetteer, { deskAction, reason })
  return true
}

/** Leaves a tombstone also where the record has nothing of it: what is told of it later stays withheld, as elsewhere. */
async function withdraw(pen: Pen, { ref, kind, process, reason }: Retraction): Promise<boolean> {
  await mention(pen, [{ ref, kind, process }], () => ['retract'])
  const recorded = (await loadRecorded(pen.client, [ref])).get(ref)
  if (recorded === undefined) throw new Error(`${ref} was mentioned, and is not there`)
  if (recorded.withheld) return false
  if (recorded.evidence.length > 0) {
    await retract(pen, { ref, reason })
    return true
  }
  const deskAction = await recordDeskAction(pen, { development: ref, kind: 'RETRACT', reason })
  await publishTombstone(
    pen,
    'RETRACTED',
    { ...recorded, facets: facetsOfNothing({ development: ref, kind, process, knownAt: pen.now.toISOString() }) },
    { deskAction, reason },
  )
  await setWithheld(pen, ref, true)
  return true
}
