import { Prisma } from './prisma/client.ts'

/**
 * From where the record is read, settled before an operation begins.
 * `position` alone: the record as it stood there; "now" is the head that the operation read once.
 * With `asOf`: what was publicly known at that moment, by what the record held at `position`.
 */
export interface Viewpoint {
  readonly position: number
  /** Tag of that position's revision: the cursor names both. */
  readonly tag: string
  readonly asOf: Date | null
}

/**
 * Whether revision `r` is what its development shows from the viewpoint. Withheld developments show nothing, wherever one
 * looks from; merged ones show nothing from where they are merged, and before it what they showed: that was not wrong,
 * and it is in the record at no other place there.
 */
export function visibleFrom({ position, asOf }: Viewpoint): Prisma.Sql {
  if (asOf === null) {
    return Prisma.sql`r.position <= ${position} and (r."supersededBy" is null or r."supersededBy" > ${position})
      and ${notWithheld}`
  }
  const holds = (alias: string) => {
    const row = Prisma.raw(alias)
    return Prisma.sql`${row}.position <= ${position} and ${row}."knownAt" <= ${asOf}
      and (${row}."knownUntil" is null or ${row}."knownUntil" > ${asOf}) and ${row}.action not in ('RETRACTED', 'MERGED')`
  }
  return Prisma.sql`${holds('r')} and not r.empty and ${notWithheld} and not exists (
    select 1 from "Revision" h where h."developmentId" = r."developmentId" and h.position > r.position and ${holds('h')})
    and not exists (select 1 from "Revision" m where m."developmentId" = r."developmentId" and ${isMerged('m', position)})`
}

/** Whether the revision is the tombstone by which its development is merged at a position of the feed. */
export function isMerged(alias: string, position: number): Prisma.Sql {
  const m = Prisma.raw(alias)
  return Prisma.sql`${m}.action = 'MERGED' and ${m}.position <= ${position}
    and (${m}."supersededBy" is null or ${m}."supersededBy" > ${position})`
}

const notWithheld = Prisma.sql`r.action not in ('RETRACTED', 'MERGED')
  and not exists (select 1 from "Development" w where w.id = r."developmentId" and w.withheld)`
