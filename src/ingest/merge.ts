import { z } from 'zod'
import { facetsOfNothing } from '../domain/facets.ts'
import { history, isTold } from '../domain/fold.ts'
import { revise } from '../domain/revise.ts'
import { recordDeskAction } from '../store/deskAction.ts'
import { loadGazetteer } from '../store/gazetteer.ts'
import { loadRecorded, type Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setMergedInto } from '../store/withheld.ts'
import { slug, text } from './contractText.ts'
import { facetsIn, publish, publishTombstone } from './publish.ts'
import { type Problem, problem, Refusal, readBy } from './refusal.ts'
import { targetIn } from './target.ts'

/** Two developments that are one event. */
export const merge = z
  .strictObject({
    ref: slug.describe('The development that goes. Its ref and id lead to the other one from then on.'),
    into: slug.describe('The development that stays, and holds the evidence of both.'),
    reason: text(500).describe('Why they are one event: readers see it.'),
  })
  .meta({ id: 'Merge', description: 'Which development is the same event as which other, and why.' })

export type Merge = z.output<typeof merge>

export function readMerge(input: unknown): Merge {
  return readBy(merge, input)
}

/**
 * Merges one development into another: the other one's content is the fold of the evidence of both, at every moment.
 * The one that goes leaves a tombstone, written last: there is no place of the feed at which what it told is missing.
 */
export async function mergeDevelopments(pen: Pen, sent: Merge): Promise<void> {
  const before = await loadRecorded(pen.client, [sent.ref, sent.into])
  await publishMerge(pen, sent, targetIn(before, ['ref'], sent.ref), targetIn(before, ['into'], sent.into))
}

/**
 * Merges two developments of which the record may know no more than the names.
 * @param sent.doneAt when another desk did it
 */
export async function publishMerge(
  pen: Pen,
  sent: Merge & { readonly doneAt?: string },
  gone: Recorded,
  kept: Recorded,
): Promise<void> {
  const { ref, into, reason, doneAt } = sent
  const problems = problemsBetween(gone, kept)
  if (problems.length > 0) throw new Refusal(problems)
  const gazetteer = await loadGazetteer(pen.client)
  const { enclosing } = gazetteer
  const shown = history({ ...gone, enclosing }).at(-1)
  const deskAction = await recordDeskAction(pen, {
    kind: 'MERGE',
    development: ref,
    other: into,
    reason,
    body: { ref, into, doneAt },
  })
  await setMergedInto(pen, ref, into)
  const after = (await loadRecorded(pen.client, [into])).get(into) as Recorded
  const action = kept.revisions === 0 ? 'CREATED' : 'AMENDED'
  const revisions = isTold(after.evidence) ? revise({ ...kept, enclosing }, { ...after, enclosing }, action) : []
  await publish(pen, [{ recorded: kept, revisions }], gazetteer, { deskAction, reason })
  const named = { development: ref, process: gone.process, kind: gone.kind, knownAt: pen.now.toISOString() }
  const facets = shown === undefined ? facetsOfNothing(named) : facetsIn(gazetteer, gone, shown)
  await publishTombstone(pen, 'MERGED', { ...gone, facets }, { deskAction, reason })
}

function problemsBetween(gone: Recorded, kept: Recorded): Problem[] {
  if (gone.id === kept.id) return [problem(['into'], 'must be another development', kept.id)]
  const withheld = (
    [
      ['ref', gone],
      ['into', kept],
    ] as const
  ).flatMap(([path, { id, withheld: is }]) =>
    is ? [problem([path], 'must be reinstated before it is merged', id)] : [],
  )
  const differs = (what: string, one: string, other: string) =>
    one === other
      ? []
      : [problem(['into'], `must be of the ${what} ${one}, as ${gone.id} is; it is of ${other}`, kept.id)]
  return [...withheld, ...differs('kind', gone.kind, kept.kind), ...differs('process', gone.process, kept.process)]
}
