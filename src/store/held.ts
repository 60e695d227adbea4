import type { Pool, PoolClient } from 'pg'
import type { Pen } from './pen.ts'
import type { HeldStanding } from './prisma/client.ts'

export type { HeldStanding } from './prisma/client.ts'

/** A dispatch under an embargo, and what became of it. */
export interface HeldRow {
  /** sha256 of its content as it was first held. */
  readonly id: string
  /** sha256 of its content now. */
  readonly dispatchId: string
  readonly reportId: string
  readonly body: object
  readonly embargoUntil: Date
  readonly standing: HeldStanding
  readonly heldAt: Date
  readonly heldBy: string
  readonly heldFrom: string
  readonly editedAt: Date | null
  readonly editedBy: string | null
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly reason: string | null
  readonly problems: readonly object[] | null
}

/** What is held, or was, and how it stands: what a dispatch of the same content meets. */
export type HeldContent = Pick<HeldRow, 'id' | 'dispatchId' | 'embargoUntil' | 'standing' | 'editedAt'>

const COLUMNS = `id, "dispatchId", "reportId", body, "embargoUntil", standing, "heldAt", "heldBy", "heldFrom", "editedAt",
  "editedBy", "endedAt", "endedBy", reason, problems`

/** Those of the dispatches that are held or were, as they were first sent or as they are now. */
export async function heldContents(
  client: PoolClient,
  dispatches: readonly string[],
): Promise<Map<string, HeldContent>> {
  const { rows } = await client.query<HeldContent & { sent: string }>({
    name: 'held contents',
    text: `select s.sent, h.id, h."dispatchId", h."embargoUntil", h.standing, h."editedAt"
      from unnest($1::text[]) as s (sent) join "HeldDispatch" h on h.id = s.sent or h."dispatchId" = s.sent`,
    values: [dispatches],
  })
  return new Map(rows.map(({ sent, ...held }) => [sent, held]))
}

/**
 * Holds a dispatch, or gives one that is held another moment; false: it is held until then already. Whoever holds it
 * first is named, whatever becomes of its moment.
 */
export async function hold(
  { client, now, author }: Pen,
  { id, reportId, body, embargoUntil }: Pick<HeldRow, 'id' | 'reportId' | 'body'> & { readonly embargoUntil: string },
): Promise<'held' | 'moved' | 'unchanged'> {
  const { rows } = await client.query<{ isNew: boolean }>(
    `insert into "HeldDispatch" as h (id, "dispatchId", "reportId", body, "embargoUntil", standing, "heldAt", "heldBy", "heldFrom")
     values ($1, $1, $2, $3, $4, 'HELD', $5, $6, $7)
     on conflict (id) do update set "embargoUntil" = excluded."embargoUntil", standing = 'HELD', problems = null
       where h."embargoUntil" <> excluded."embargoUntil" or h.standing = 'REFUSED'
     returning xmax = 0 as "isNew"`,
    [id, reportId, JSON.stringify(body), embargoUntil, now, author.name, author.address],
  )
  const [row] = rows
  return row === undefined ? 'unchanged' : row.isNew ? 'held' : 'moved'
}

/** One that is held or was; undefined: there is none of that id. */
export async function readHeld({ client }: Pen, id: string): Promise<HeldRow | undefined> {
  const { rows } = await client.query<HeldRow>(`select ${COLUMNS} from "HeldDispatch" where id = $1 for update`, [id])
  return rows[0]
}

/** Gives one other content or another moment; it is held again if the record has refused it. */
export async function changeHeld(
  { client, now, author }: Pen,
  id: string,
  to: Pick<HeldRow, 'dispatchId' | 'reportId' | 'body' | 'embargoUntil'>,
): Promise<void> {
  await client.query(
    `update "HeldDispatch" set "dispatchId" = $2, "reportId" = $3, body = $4, "embargoUntil" = $5, standing = 'HELD',
       problems = null, "editedAt" = $6, "editedBy" = $7 where id = $1`,
    [id, to.dispatchId, to.reportId, JSON.stringify(to.body), to.embargoUntil, now, author.name],
  )
}

/** Notes that some were released, or discarded for a reason. */
export async function endHeld(
  { client, now, author }: Pen,
  ids: readonly string[],
  standing: 'RELEASED' | 'DISCARDED',
  reason: string | null = null,
): Promise<void> {
  await client.query(
    `update "HeldDispatch" set standing = $2::"HeldStanding", "endedAt" = $3, "endedBy" = $4, reason = $5, problems = null
     where id = any($1)`,
    [ids, standing, now, author.name, reason],
  )
}

/** Notes why the record could not take one when it was due. */
export async function refuseHeld({ client }: Pen, id: string, problems: readonly object[]): Promise<void> {
  await client.query(`update "HeldDispatch" set standing = 'REFUSED', problems = $2 where id = $1`, [
    id,
    JSON.stringify(problems),
  ])
}

/** Those whose moment has come, in the order of it. */
export async function listDue(pool: Pool, now: Date): Promise<Pick<HeldRow, 'id' | 'heldBy' | 'heldFrom'>[]> {
  const { rows } = await pool.query<Pick<HeldRow, 'id' | 'heldBy' | 'heldFrom'>>({
    name: 'list due',
    text: `select id, "heldBy", "heldFrom" from "HeldDispatch" where standing = 'HELD' and "embargoUntil" <= $1
      order by "embargoUntil", "heldAt", id`,
    values: [now],
  })
  return rows
}

/** When the next one is due; undefined: none is held. */
export async function nextDue(pool: Pool): Promise<Date | undefined> {
  const { rows } = await pool.query<{ at: Date | null }>({
    name: 'next due',
    text: `select min("embargoUntil") as at from "HeldDispatch" where standing = 'HELD'`,
  })
  return rows[0]?.at ?? undefined
}

/** The place of one in their list. */
export type HeldPlace = Pick<HeldRow, 'embargoUntil' | 'id'>

/** Those that are held, oldest due first; with `ended`, also those that were. */
export async function listHeld(
  pool: Pool,
  asked: { readonly after: HeldPlace | null; readonly limit: number; readonly ended: boolean },
): Promise<HeldRow[]> {
  const { rows } = await pool.query<HeldRow>({
    name: 'list held',
    text: `select ${COLUMNS} from "HeldDispatch"
      where ($1 or standing in ('HELD', 'REFUSED')) and ($2::timestamptz is null or ("embargoUntil", id) > ($2, $3::text))
      order by "embargoUntil", id limit $4`,
    values: [asked.ended, asked.after?.embargoUntil ?? null, asked.after?.id ?? null, asked.limit],
  })
  return rows
}
