import { canonical } from './canonical.ts'
import type { FieldChange } from './changes.ts'
import type { Action } from './revise.ts'

/** What became of a development between two moments. */
export const findings = ['LEARNT', 'CORRECTED', 'WITHDRAWN', 'GIVEN_BACK'] as const
export type Finding = (typeof findings)[number]

/** The gravest of what the revisions between two moments did: whoever reads only one word must not miss a withdrawal. */
export function findingOf(actions: readonly Action[], withdrawn: boolean): Finding {
  if (withdrawn) return 'WITHDRAWN'
  if (actions.includes('CORRECTED')) return 'CORRECTED'
  return actions.includes('REINSTATED') ? 'GIVEN_BACK' : 'LEARNT'
}

/** What several steps, one after the other, change in all: what is changed back again is no change. */
export function netChanges(steps: readonly (readonly FieldChange[])[]): FieldChange[] {
  const net = new Map<string, FieldChange>()
  for (const { path, before, after } of steps.flat()) {
    net.set(path, { path, before: net.has(path) ? (net.get(path) as FieldChange).before : before, after })
  }
  return [...net.values()].filter(({ before, after }) => canonical(before) !== canonical(after))
}
