import type { Filter } from '../../src/domain/filter.ts'
import { processAt } from '../query/cast.ts'

/** What followers may ask for: as it is sent, and as the record's own rule takes it. */
export const filters = [
  { name: 'everything', sent: undefined, own: {} },
  { name: 'talks', sent: { kind: ['TALK'] }, own: { kinds: ['TALK'] } },
  // What a second report tells leaves it.
  { name: 'told once', sent: { not: { reportsAtLeast: 2 } }, own: { not: { reportsAtLeast: 2 } } },
  { name: 'one process', sent: { process: [processAt(0).id] }, own: { processes: [processAt(0).id] } },
  { name: 'settled', sent: { status: ['HELD', 'SIGNED'] }, own: { statuses: ['HELD', 'SIGNED'] } },
] as const satisfies readonly { name: string; sent: object | undefined; own: Filter }[]

/** The place of a filter in the list. */
export type FilterIndex = number
