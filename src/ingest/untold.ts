import { facetsOf } from '../domain/facets.ts'
import { fold, intervals, type Material } from '../domain/fold.ts'
import type { Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setWithheld } from '../store/withheld.ts'
import { publishTombstone } from './publish.ts'

/**
 * Withholds a development that nothing but retracted reports tells.
 * @param shown what followers have of it: by that they know whether it concerns them
 */
export async function withholdUntold(
  pen: Pen,
  recorded: Recorded,
  shown: Material,
  cause: { readonly dispatch?: string; readonly deskAction: number; readonly reason: string },
): Promise<void> {
  const last = intervals(shown).at(-1)?.knownAt ?? ''
  const facets = facetsOf(recorded.process, fold(shown, last))
  await publishTombstone(pen, 'RETRACTED', { ...recorded, facets }, cause)
  await setWithheld(pen, recorded.id, true)
}
