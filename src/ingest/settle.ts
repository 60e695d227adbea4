import { isTold } from '../domain/fold.ts'
import { revise } from '../domain/revise.ts'
import { retractionOf } from '../store/deskAction.ts'
import type { Gazetteer } from '../store/gazetteer.ts'
import type { Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setWithheld } from '../store/withheld.ts'
import { type Plan, publish } from './publish.ts'
import { beforeTombstone } from './target.ts'
import { withholdUntold } from './untold.ts'

/** What evidence that came in did to the developments that hold it. */
export interface Settled {
  readonly created: readonly string[]
  readonly amended: readonly string[]
  readonly withheld: readonly string[]
  readonly revisions: number
}

/**
 * Publishes what new evidence makes of the developments that have grown by it. A retracted one keeps it for its
 * reinstatement. What nothing but retracted reports tells is withheld, and comes back with the first other report: it
 * must not matter whether that came before the retraction or after it.
 */
export async function settle(
  pen: Pen,
  grown: readonly Recorded[],
  before: ReadonlyMap<string, Recorded>,
  gazetteer: Gazetteer,
  { dispatch, report }: { readonly dispatch: string; readonly report: string },
): Promise<Settled> {
  const { enclosing } = gazetteer
  const plans: Plan[] = []
  const untold: Recorded[] = []
  const [created, amended, withheld]: [string[], string[], string[]] = [[], [], []]
  for (const is of grown) {
    const was = before.get(is.id)
    if (isTold(is.evidence) && (!is.withheld || is.by?.kind === 'RETRACT_REPORT')) {
      const isNew = is.revisions === 0
      const known = is.withheld ? await beforeTombstone(pen, is) : (was ?? { ...is, evidence: [] })
      const action = is.withheld ? 'REINSTATED' : isNew ? 'CREATED' : 'AMENDED'
      plans.push({ recorded: is, revisions: revise({ ...known, enclosing }, { ...is, enclosing }, action) })
      if (is.withheld) await setWithheld(pen, is.id, false)
      ;(isNew ? created : amended).push(is.id)
    } else {
      withheld.push(is.id)
      if (!is.withheld) untold.push(is)
    }
  }
  const revisions = await publish(pen, plans, gazetteer, { dispatch })
  const retraction = untold.length > 0 ? await retractionOf(pen, report) : undefined
  if (retraction !== undefined) {
    const cause = { dispatch, deskAction: retraction.id, reason: retraction.reason }
    for (const is of untold) await withholdUntold(pen, is, is, gazetteer, cause)
  }
  return { created, amended, withheld, revisions: revisions + untold.length }
}
