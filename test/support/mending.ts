import fc from 'fast-check'
import { mergeDevelopments, readMerge } from '../../src/ingest/merge.ts'
import { readReportRetraction, retractReport } from '../../src/ingest/retractReport.ts'
import { readSplit, splitDevelopment } from '../../src/ingest/split.ts'
import { arrivals, type Generated } from './generated.ts'
import type { Record } from './record.ts'

const reason = 'The desk says so'

/** What the desk mends in a record. */
export interface Mending {
  merge(ref: string, into: string): Promise<void>
  split(sent: object): Promise<void>
  retractReport(report: string): Promise<void>
}

export function mendingOf({ write }: Pick<Record, 'write'>, now?: Date): Mending {
  return {
    merge: async (ref, into) => {
      const sent = readMerge({ ref, into, reason })
      await write((pen) => mergeDevelopments(pen, sent), now)
    },
    split: async (fields) => {
      const sent = readSplit({ reason, ...fields })
      await write((pen) => splitDevelopment(pen, sent), now)
    },
    retractReport: async (report) => {
      const sent = readReportRetraction({ report, reason })
      await write((pen) => retractReport(pen, sent), now)
    },
  }
}

export const mendedRefs = ['swap', 'meeting', 'clash']

/** What the desk does, if it can. */
export type Act = (desk: Mending) => Promise<void>
const ref = fc.constantFrom(...mendedRefs)
const report = fc.constantFrom('r0', 'r1', 'r2')
export const acts: fc.Arbitrary<{ name: string; act: Act }[]> = fc.array(
  fc.oneof(
    ref.map((one) => ({ name: `merge ${one}-b`, act: (desk: Mending) => desk.merge(`${one}-b`, one) })),
    ref.map((one) => ({ name: `undo ${one}-b`, act: (desk: Mending) => desk.split({ from: one, ref: `${one}-b` }) })),
    fc.tuple(ref, report).map(([one, id]) => ({
      name: `split ${one} ${id}`,
      act: (desk: Mending) => desk.split({ from: one, ref: `${one}-${id}`, headline: 'Another one', reports: [id] }),
    })),
    report.map((id) => ({ name: `retract ${id}`, act: (desk: Mending) => desk.retractReport(id) })),
  ),
  { minLength: 2, maxLength: 5, size: 'max' },
)

/** The same reports in two orders; every other one tells of its developments under other refs. */
export const toldApart = arrivals.map(({ one, other }) => {
  const apart = new Map(one.map((dispatch, i) => [dispatch, i % 2 === 0 ? dispatch : renamed(dispatch)]))
  return [one, other].map((order) => order.map((dispatch) => apart.get(dispatch) as Generated))
})

function renamed(dispatch: Generated): Generated {
  return JSON.parse(JSON.stringify(dispatch), (key, value) => {
    return (key === 'ref' || key === 'to') && mendedRefs.includes(value) ? `${value}-b` : value
  })
}

/** Does what can be done; says whether it could. */
export async function succeeds(act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if ((error as Error).name === 'Refusal') return false
    throw error
  }
}
