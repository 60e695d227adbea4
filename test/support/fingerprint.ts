import type { ClientBase } from 'pg'

const children = [
  ...['Citation', 'Participation', 'Milestone', 'Claim', 'Disagreement', 'Link', 'StatementDetail', 'TalkDetail'],
  ...['Invitation', 'ExchangeDetail', 'Leg', 'LegGroup', 'PledgeDetail', 'AgreementDetail', 'IncidentDetail'],
]

const ofRow = `to_jsonb(r) - array['position', 'tag', 'number', 'action', 'reason', 'recordedAt', 'supersededBy', 'replaces',
  'changes', 'dispatchId', 'deskActionId', 'knownAt', 'knownUntil']`
const ofChildren = children
  .map(
    (table) =>
      `(select jsonb_agg(to_jsonb(c) - 'position' order by to_jsonb(c)) from "${table}" c where c.position = r.position)`,
  )
  .join(', ')

export const contentHash = `md5(jsonb_build_array(${ofRow}, ${ofChildren})::text)`

interface Row {
  readonly development: string
  readonly knownAt: Date
  readonly knownUntil: Date | null
  readonly current: boolean
  readonly content: string
}

/**
 * What the record tells of every development, as it stands and as known at each of the moments, by the hash of its
 * content. Reads through the client, so that it sees a transaction that is never committed.
 */
export async function fingerprint(client: ClientBase, moments: readonly string[]): Promise<object> {
  const { rows } = await client.query<Row>(
    `select "developmentId" as development, "knownAt", "knownUntil", "supersededBy" is null as current,
       ${contentHash} as content
     from "Revision" r order by position`,
  )
  const developments = [...new Set(rows.map((row) => row.development))].sort()
  const tell = (choose: (row: Row) => boolean) =>
    developments.map((id) => [id, rows.findLast((row) => row.development === id && choose(row))?.content ?? null])
  const asOf = moments.map((moment) => {
    const at = new Date(moment)
    return tell(({ knownAt, knownUntil }) => knownAt <= at && (knownUntil === null || at < knownUntil))
  })
  return { current: tell((row) => row.current), asOf }
}
