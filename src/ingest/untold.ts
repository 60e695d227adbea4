import { fold, intervals } from '../domain/fold.ts'
import type { Gazetteer } from '../store/gazetteer.ts'
import type { Recorded } from '../store/material.ts'
import type { Pen } from '../store/pen.ts'
import { setWithheld } from '../store/withheld.ts'
import { facetsIn, publishTombstone } from './publish.ts'

/**
 * Withholds a development that nothing but retracted reports tells.
 * @param shown what followers have of it: by that they know whether it concerns them
 */
export async function withholdUntold(
  pen: Pen,
  recorded: Recorded,
  shown: Recorded,
  gazetteer: Gazetteer,
  cause: { readonly dispatch?: string; readonly deskAction: number; readonly reason: string },
): Promise<void> {
  const material = { ...shown, enclosing: gazetteer.enclosing }
  const knownAt = intervals(material).at(-1)?.knownAt ?? ''
  const facets = facetsIn(gazetteer, recorded, { knownAt, content: fold(material, knownAt) })
  await publishTombstone(pen, 'RETRACTED', { ...recorded, facets }, cause)
  await setWithheld(pen, recorded.id, true)
}
