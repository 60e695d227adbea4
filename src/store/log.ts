import type { ClientBase, Pool } from 'pg'
import type { Facets } from '../domain/facets.ts'
import type { Action } from '../domain/revise.ts'

/** One revision as the feed needs it: enough to filter it and to name it, without its content. */
export interface Entry {
  readonly position: number
  /** Random, so that a cursor from another history is noticed. */
  readonly tag: string
  readonly development: string
  readonly action: Action
  readonly facets: Facets
  /** Of the revision that was current before; null for a development's first. */
  readonly before: Facets | null
  /** Its development is retracted now, itself or with what holds it: its content is not shown, whenever it was written. */
  readonly withheld: boolean
  /** Of a retraction or a reinstatement the developments that go with it: they were merged into this one. */
  readonly absorbed?: readonly string[] | null
}

/** Where the feed ends, and the name of this history. */
export interface Head {
  readonly position: number
  readonly tag: string
  readonly history: string
  readonly identities: number
}

const columns = `r.position, r.tag, r."developmentId" as development, r.action, r.facets,
  case when b.action in ('RETRACTED', 'MERGED') then null else b.facets end as before, d.withheld,
  case when r.action in ('RETRACTED', 'REINSTATED') then array(
    with recursive merged as (
      select c.id from "Development" c where c."mergedIntoId" = d.id
      union select c.id from merged m join "Development" c on c."mergedIntoId" = m.id
    ) select id from merged) end as absorbed`
const tables = `"Revision" r join "Development" d on d.id = r."developmentId" left join "Revision" b on b.position = r.replaces`

/** The entries after a position, in order. Commit order is position order, so nothing can appear between them later. */
export async function readLog(client: ClientBase | Pool, after: number, limit: number): Promise<Entry[]> {
  const { rows } = await client.query<Entry>({
    name: 'read log',
    text: `select ${columns} from ${tables} where r.position > $1 order by r.position limit $2`,
    values: [after, limit],
  })
  return rows
}

/** What is new after a position, as `readLog` gives it, and where the feed ends, in one look. */
export async function readNews(
  client: ClientBase | Pool,
  after: number,
  limit: number,
): Promise<{ entries: Entry[]; head: Head }> {
  const { rows } = await client.query<Entry & { head: Head }>({
    name: 'read news',
    text: `select json_build_object('position', h.position, 'tag', coalesce(e.tag, h.tag), 'history', h.tag,
             'identities', h.identities) as head, l.*
           from "Head" h left join "Revision" e on e.position = h.position left join lateral (
             select ${columns} from ${tables} where r.position > $1 order by r.position limit $2
           ) l on true where h.id = 1 order by l.position`,
    values: [after, limit],
  })
  // A row of its own where nothing is new.
  const entries = rows.flatMap(({ head: _, ...entry }) => (entry.position === null ? [] : [entry]))
  return { entries, head: (rows[0] as { head: Head }).head }
}

/** The entries at and before a position, newest first. */
export async function readLogBack(client: ClientBase | Pool, from: number, limit: number): Promise<Entry[]> {
  const { rows } = await client.query<Entry>({
    name: 'read log back',
    text: `select ${columns} from ${tables} where r.position <= $1 order by r.position desc limit $2`,
    values: [from, limit],
  })
  return rows
}

/** What makes a Head, and whence it is read. */
export const headColumns = `h.position, coalesce(r.tag, h.tag) as tag, h.tag as history, h.identities`
export const headTables = `"Head" h left join "Revision" r on r.position = h.position where h.id = 1`

export async function readHead(client: ClientBase | Pool): Promise<Head> {
  const { rows } = await client.query<Head>({
    name: 'read head',
    text: `select ${headColumns} from ${headTables}`,
  })
  return rows[0] as Head
}

/** The tag of a position: of its revision, or for position 0 the history's own; null for one that is not written yet. */
export async function readTag(client: ClientBase | Pool, position: number): Promise<string | null> {
  const { rows } = await client.query<{ tag: string }>({
    name: 'read tag',
    text: `select tag from "Revision" where position = $1 union all select tag from "Head" where $1::int = 0`,
    values: [position],
  })
  return rows[0]?.tag ?? null
}
