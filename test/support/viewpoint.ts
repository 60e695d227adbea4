import type { Record } from './record.ts'
import { revisionsOf } from './revisions.ts'

/**
 * What the record tells of every development: as it stands, and as known at each of the moments. Of a row only its
 * content: not where it stands in the feed, nor when and by what it was written.
 */
export async function contentOf({ database }: Record, moments: readonly string[]): Promise<object> {
  const rows = await revisionsOf(database)
  const developments = [...new Set(rows.map((row) => row.developmentId))].sort()
  const tell = (choose: (row: (typeof rows)[number]) => boolean) =>
    developments.map((id) => contentRow(rows.findLast((row) => row.developmentId === id && choose(row))))
  const asOf = moments.map((moment) => {
    const at = new Date(moment)
    return tell((row) => row.knownAt <= at && (row.knownUntil === null || at < row.knownUntil))
  })
  return { current: tell((row) => row.supersededBy === null), asOf }
}

const placeInTheFeed = new Set([
  ...['position', 'tag', 'number', 'action', 'reason', 'recordedAt', 'supersededBy', 'replaces', 'changes'],
  ...['dispatchId', 'deskActionId', 'deskAction', 'knownAt', 'knownUntil'],
])

function contentRow(row: object | undefined): unknown {
  if (row === undefined) return null
  return JSON.parse(JSON.stringify(row, (key, value) => (placeInTheFeed.has(key) ? undefined : value)))
}
