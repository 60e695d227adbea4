import type { ChangeFields } from './change.ts'

/** How soon a desk should look at a change. */
export type Urgency = 'now' | 'soon' | 'later'

const wrong = new Set(['CORRECTED', 'RETRACTED', 'MERGED', 'REINSTATED'])

/**
 * Now: what may have been published already and no longer holds, and news of force (PLOVER's material conflict). Soon:
 * what is new, and a step of its lifecycle. Later: more evidence of what is known.
 */
export function urgencyOf({ action, development, revision }: ChangeFields): Urgency {
  if (wrong.has(action)) return 'now'
  if (action === 'CREATED') return development?.plover?.quadClass === 'MATERIAL_CONFLICT' ? 'now' : 'soon'
  return revision?.changes.some(({ path }) => path === 'status') ? 'soon' : 'later'
}
