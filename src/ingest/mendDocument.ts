import { z } from 'zod'
import type { Passage } from '../domain/passage.ts'
import { isRecorded } from '../store/deskAction.ts'
import { loadRecorded, type Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { mention as named } from './contractCopy.ts'
import { citation } from './contractKind.ts'
import { list, moment, slug } from './contractText.ts'
import { mention } from './mention.ts'
import { merge, publishMerge } from './merge.ts'
import { problem, Refusal } from './refusal.ts'
import { reportRetraction, retractReport } from './retractReport.ts'
import { publishSplit, split } from './split.ts'
import { heldByItself } from './target.ts'

// What a desk mended, as exports write it: with what a record needs that lacks some of it, and when, since the same
// may be done twice.

const doneAt = moment.describe('When the desk did it: by that a record knows what it has already.')
const { kind, process } = named.shape

export const recordedMerge = z
  .strictObject({ ...merge.shape, kind, process, doneAt })
  .meta({ id: 'RecordedMerge', description: 'A merge as a desk recorded it.' })

const passage = z
  .strictObject({
    report: slug.describe('The report, by its id.'),
    passage: citation
      .required({ key: true })
      .meta({ id: 'Passage', description: 'A citation as its dispatch has it, with its key.' })
      .transform((given) => given as Passage),
  })
  .meta({ id: 'PassageOf', description: 'A passage of a report.' })

const { reports: _, passages: __, ...splitShape } = split.shape

export const recordedSplit = z
  .strictObject({
    ...{ ...splitShape, kind, process, doneAt },
    selection: z
      .strictObject({
        undoes: z.boolean().describe('Whether it undoes a merge: all goes back that came under the ref.'),
        reports: list(slug).describe('Reports whose whole account goes.'),
        passages: list(passage).describe('Passages that go.'),
      })
      .meta({ id: 'Selection', description: 'What belongs to the development that is split off.' }),
  })
  .meta({ id: 'RecordedSplit', description: 'A split as a desk recorded it.' })

export const recordedReportRetraction = z
  .strictObject({ ...reportRetraction.shape, doneAt })
  .meta({ id: 'RecordedReportRetraction', description: 'The retraction of a report as a desk recorded it.' })

/** Merges two developments, of which the record may lack one or both; returns false where it did so already. */
export async function takeMerge(pen: Pen, sent: z.output<typeof recordedMerge>): Promise<boolean> {
  const { ref, into } = sent
  if (await isRecorded(pen, { kind: 'MERGE', about: ref, other: into }, sent.doneAt)) return false
  const both = [ref, into].map((one) => ({ ref: one, kind: sent.kind, process: sent.process }))
  await mention(pen, both, () => ['merge'])
  const recorded = await loadRecorded(pen.client, [ref, into])
  const [gone, kept] = [ref, into].map((one) => heldByItself(recorded.get(one) as Recorded, ['merge'])) as [
    Recorded,
    Recorded,
  ]
  await publishMerge(pen, sent, gone, kept)
  return true
}

/** Splits a development; returns false where the record did so already. */
export async function takeSplit(pen: Pen, sent: z.output<typeof recordedSplit>): Promise<boolean> {
  const { from, ref } = sent
  if (await isRecorded(pen, { kind: 'SPLIT', about: from, other: ref }, sent.doneAt)) return false
  await mention(pen, [{ ref: from, kind: sent.kind, process: sent.process }], () => ['split'])
  const recorded = await loadRecorded(pen.client, [from, ref])
  const source = heldByItself(recorded.get(from) as Recorded, ['split', 'from'])
  if (source.withheld) throw new Refusal([problem(['split', 'from'], 'must be reinstated before it is split', from)])
  const held = recorded.get(ref)
  const merged = held?.revisions === 0 ? undefined : held
  if (merged !== undefined && merged.mergedInto !== from) {
    throw new Refusal([problem(['split', 'ref'], `must be a new ref, or one that was merged into ${from}`, ref)])
  }
  await publishSplit(pen, sent, source, merged)
  return true
}

/** Retracts a report; returns false where the record did so already. */
export async function takeReportRetraction(
  pen: Pen,
  sent: z.output<typeof recordedReportRetraction>,
): Promise<boolean> {
  if (await isRecorded(pen, { kind: 'RETRACT_REPORT', about: sent.report }, sent.doneAt)) return false
  await retractReport(pen, sent)
  return true
}
