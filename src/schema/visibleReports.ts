import type { Prisma } from '../store/prisma/client.ts'
import type { Viewpoint } from '../store/viewpoint.ts'

/** The reports that had arrived at the viewpoint's place of the feed and, with `asOf`, were published by then. */
export function visibleReports({ position, asOf }: Viewpoint): Prisma.ReportWhereInput {
  return { listedFrom: { lte: position }, ...(asOf && { knownAt: { lte: asOf } }) }
}
