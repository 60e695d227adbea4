import type { Pool } from 'pg'
import type { Pen } from './pen.ts'
import type { AuditAct } from './prisma/client.ts'

export type { AuditAct } from './prisma/client.ts'

/** One thing that was done, as it is told to the audit trail. */
export interface Deed {
  readonly act: AuditAct
  /** What it was done to: a report, a development, a process or a key. */
  readonly subject: string
  readonly dispatch?: string
  readonly deskAction?: number
  /** What was sent, where neither a dispatch nor a desk action of the record has it. */
  readonly body?: object
}

/** One thing that was done, as the audit trail has it. */
export interface AuditRow {
  readonly id: number
  readonly at: Date
  readonly act: AuditAct
  readonly subject: string
  readonly who: string
  readonly fromAddress: string
  readonly dispatchId: string | null
  readonly deskActionId: number | null
  /** What was sent: the dispatch, or what the desk's act was told. Null: the act has no more than its subject. */
  readonly body: unknown
}

/** Tells the audit trail what is written, in the very transaction: there is neither without the other. */
export async function audit(
  { client, now, author }: Pick<Pen, 'client' | 'now' | 'author'>,
  deeds: readonly Deed[],
): Promise<void> {
  if (deeds.length === 0) return
  await client.query({
    name: 'audit',
    text: `insert into "Audit" (at, who, "fromAddress", act, subject, "dispatchId", "deskActionId", body)
      select $1, $2, $3, act::"AuditAct", subject, dispatch, "deskAction", body
      from json_to_recordset($4::json) as d (act text, subject text, dispatch text, "deskAction" integer, body jsonb)`,
    values: [now, author.name, author.address, JSON.stringify(deeds)],
  })
}

/** The trail, newest first: `limit` entries below an id, of one act or one author where that is asked. */
export async function listAudit(
  pool: Pool,
  asked: {
    readonly before: number | null
    readonly limit: number
    readonly act: AuditAct | null
    readonly who: string | null
  },
): Promise<AuditRow[]> {
  const { rows } = await pool.query<AuditRow>({
    name: 'list audit',
    text: `select a.id, a.at, a.act, a.subject, a.who, a."fromAddress", a."dispatchId", a."deskActionId",
        coalesce(a.body, d.body, case when s.id is null then null else jsonb_build_object('reason', s.reason) || s.body end) as body
      from "Audit" a left join "Dispatch" d on d.id = a."dispatchId" left join "DeskAction" s on s.id = a."deskActionId"
      where ($1::integer is null or a.id < $1) and ($2::"AuditAct" is null or a.act = $2) and ($3::text is null or a.who = $3)
      order by a.id desc limit $4`,
    values: [asked.before, asked.act, asked.who, asked.limit],
  })
  return rows
}
