import { capitalised, counted } from '../words.ts'
import type { ChangeFields } from './change.ts'
import type { Missed } from './rows.ts'

/** What an action means for whoever reads the column. */
const actions: Record<string, string> = {
  CREATED: 'New',
  AMENDED: 'Amended',
  BACKDATED: 'Late evidence',
  CORRECTED: 'Corrected',
  RETRACTED: 'Retracted',
  REINSTATED: 'Back in the record',
  MERGED: 'Merged',
  LEFT_FILTER: 'Left the filter',
}

export function actionInWords(action: string): string {
  return actions[action] ?? capitalised(action)
}

/** What is said when something arrives. */
export function arrivalInWords(changes: readonly ChangeFields[], missed: Missed | null, heldCount: number): string {
  const [only] = changes
  const what =
    missed === null && changes.length === 1 && only
      ? `${actionInWords(only.action)}: ${only.development?.headline ?? only.ref}`
      : `${counted(changes.length, 'change')} ${missed === null ? 'arrived' : 'missed while offline'}`
  return heldCount === 0 ? what : `${what}. ${heldCount} new, held back: press n to show.`
}
