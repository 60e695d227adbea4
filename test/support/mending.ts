import { mergeDevelopments, readMerge } from '../../src/ingest/merge.ts'
import { readReportRetraction, retractReport } from '../../src/ingest/retractReport.ts'
import { readSplit, splitDevelopment } from '../../src/ingest/split.ts'
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
