import { Prisma } from './prisma/client.ts'

const { sql } = Prisma

/** A span of time; a side that is left out is open. */
export interface Window {
  /** Its first moment. */
  readonly from?: Date | undefined
  /** The first moment after it. */
  readonly until?: Date | undefined
}

/** Whether nothing that is told of when revision `r` happened speaks against the window: what has no date passes, too. */
export function meets({ from, until }: Window): Prisma.Sql {
  const after = from === undefined ? sql`true` : sql`(r."whenLatest" is null or r."whenLatest" >= ${from}::timestamptz)`
  const before =
    until === undefined ? sql`true` : sql`(r."whenEarliest" is null or r."whenEarliest" < ${until}::timestamptz)`
  return sql`(${after} and ${before})`
}

/** Whether revision `r` may have happened within the window. What has no date is in no window but the one open on both sides. */
export function possiblyWithin(window: Window): Prisma.Sql {
  if (window.from === undefined && window.until === undefined) return sql`true`
  return sql`((r."whenEarliest" is not null or r."whenLatest" is not null) and ${meets(window)})`
}

/** Whether revision `r` can have happened at no other time than within the window. */
export function certainlyWithin({ from, until }: Window): Prisma.Sql {
  const after = from === undefined ? sql`true` : sql`coalesce(r."whenEarliest" >= ${from}::timestamptz, false)`
  const before = until === undefined ? sql`true` : sql`coalesce(r."whenLatest" < ${until}::timestamptz, false)`
  return sql`(${after} and ${before})`
}
