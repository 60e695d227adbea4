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
interface Wanted {
  readonly name: string
  readonly act: Act
}
const ref = fc.constantFrom(...mendedRefs)
const report = fc.constantFrom('r0', 'r1', 'r2')
const merging = (one: string): Wanted => ({ name: `merge ${one}-b`, act: (desk) => desk.merge(`${one}-b`, one) })
const acts: fc.Arbitrary<Wanted[]> = fc.array(
  fc.oneof(
    ref.map(merging),
    ref.map((one) => ({ name: `undo ${one}-b`, act: (desk: Mending) => desk.split({ from: one, ref: `${one}-b` }) })),
    fc.tuple(ref, report).map(([one, id]) => ({
      name: `split ${one} ${id}`,
      act: (desk: Mending) => desk.split({ from: one, ref: `${one}-${id}`, headline: 'Another one', reports: [id] }),
    })),
    report.map((id) => ({ name: `retract ${id}`, act: (desk: Mending) => desk.retractReport(id) })),
  ),
  { minLength: 2, maxLength: 5, size: 'max' },
)

/** Reports that tell the same things apart, and what the desk does about it. */
export interface Mended {
  /** Every other one tells of its developments under other refs. */
  readonly one: Generated[]
  /** The same ones in another order. */
  readonly other: Generated[]
  /** The first is a merge which can be done as soon as the first two of `one` are told. */
  readonly wanted: Wanted[]
}

export const mended: fc.Arbitrary<Mended> = arrivals
  .filter(({ one }) => toldByBoth(one).length > 0)
  .chain(({ one, other }) => {
    const apart = new Map(one.map((dispatch, i) => [dispatch, i % 2 === 0 ? dispatch : renamed(dispatch)]))
    const told = (order: Generated[]) => order.map((dispatch) => apart.get(dispatch) as Generated)
    return fc
      .tuple(fc.constantFrom(...toldByBoth(one)), acts)
      .map(([first, then]) => ({ one: told(one), other: told(other), wanted: [merging(first), ...then] }))
  })

/** What the first two of some dispatches both tell of. */
function toldByBoth([first, second]: readonly Generated[]): string[] {
  const refsOf = (sent: Generated | undefined) =>
    (sent as unknown as { developments: { ref: string }[] }).developments.map(({ ref }) => ref)
  return refsOf(first).filter((ref) => refsOf(second).includes(ref))
}

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
