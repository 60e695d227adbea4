import { z } from 'zod'
import { isTold } from '../domain/fold.ts'
import { revise } from '../domain/revise.ts'
import { recordDeskAction, retractionOf } from '../store/deskAction.ts'
import { loadGazetteer } from '../store/gazetteer.ts'
import { loadRecorded, type Recorded, toldBy } from '../store/material.ts'
import { existing } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import { slug, text } from './contractText.ts'
import { type Plan, publish } from './publish.ts'
import { problem, Refusal, readBy } from './refusal.ts'
import { withholdUntold } from './untold.ts'

/** A report that nobody may rest on any more. */
export const reportRetraction = z
  .strictObject({
    report: slug.describe('The report, by its id.'),
    reason: text(500).describe('Why it is taken back: readers see it beside everything that it claims.'),
  })
  .meta({ id: 'ReportRetraction', description: 'Which report is taken back, and why.' })

export type ReportRetraction = z.output<typeof reportRetraction>

export function readReportRetraction(input: unknown): ReportRetraction {
  return readBy(reportRetraction, input)
}

/**
 * Retracts a report: its claims are deprecated wherever they stand, at every moment, and what only it told is retracted.
 * Dispatches of it that arrive later are taken in as deprecated, too: refused, what the record tells would hang on
 * whether they came before the retraction or after it.
 * @param sent.doneAt when another desk did it
 */
export async function retractReport(
  pen: Pen,
  { report, reason, doneAt }: ReportRetraction & { readonly doneAt?: string },
): Promise<void> {
  if (!(await existing(pen.client, 'Report', [report])).has(report)) {
    throw new Refusal([problem(['report'], 'must be the id of a report in the record', report)])
  }
  if ((await retractionOf(pen, report)) !== undefined) {
    throw new Refusal([problem(['report'], 'must not be retracted already', report)])
  }
  const told = await toldBy(pen.client, report)
  const before = await loadRecorded(pen.client, told)
  const deskAction = await recordDeskAction(pen, { kind: 'RETRACT_REPORT', report, reason, body: { report, doneAt } })
  const after = await loadRecorded(pen.client, told)
  // Whoever shows the report shows that it is retracted.
  pen.identityChanged()
  const gazetteer = await loadGazetteer(pen.client)
  const { enclosing } = gazetteer
  const cause = { deskAction, reason }
  const concerned = [...after.values()]
    .filter(({ withheld, evidence }) => !withheld && evidence.some((e) => e.report === report))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const plans = concerned
    .filter(({ evidence }) => isTold(evidence))
    .map((is): Plan => {
      const was = before.get(is.id) as Recorded
      return { recorded: is, revisions: revise({ ...was, enclosing }, { ...is, enclosing }, 'CORRECTED') }
    })
  await publish(pen, plans, gazetteer, cause)
  for (const is of concerned.filter(({ evidence }) => !isTold(evidence))) {
    await withholdUntold(pen, is, before.get(is.id) as Recorded, gazetteer, cause)
  }
}
