import type { PoolClient } from 'pg'
import type { Prisma } from './prisma/client.ts'
import { insertionOfTexts, type RevisionText } from './revisionText.ts'

/** The tables that the pen fills, with the columns of each. */
export interface Rows {
  Process: Prisma.ProcessCreateManyInput
  ProcessActor: Prisma.ProcessActorCreateManyInput
  Actor: Prisma.ActorCreateManyInput
  ActorName: Prisma.ActorNameCreateManyInput
  Office: Prisma.OfficeCreateManyInput
  Place: Prisma.PlaceCreateManyInput
  Outlet: Prisma.OutletCreateManyInput
  Report: Prisma.ReportCreateManyInput
  Dispatch: Prisma.DispatchCreateManyInput
  Development: Prisma.DevelopmentCreateManyInput
  Evidence: Prisma.EvidenceCreateManyInput
  Revision: Prisma.RevisionCreateManyInput & { readonly text?: RevisionText }
  Citation: Prisma.CitationCreateManyInput
  Participation: Prisma.ParticipationCreateManyInput
  Milestone: Prisma.MilestoneCreateManyInput
  Claim: Prisma.ClaimCreateManyInput
  Disagreement: Prisma.DisagreementCreateManyInput
  Link: Prisma.LinkCreateManyInput
  StatementDetail: Prisma.StatementDetailCreateManyInput
  TalkDetail: Prisma.TalkDetailCreateManyInput
  Invitation: Prisma.InvitationCreateManyInput
  ExchangeDetail: Prisma.ExchangeDetailCreateManyInput
  Leg: Prisma.LegCreateManyInput
  LegGroup: Prisma.LegGroupCreateManyInput
  PledgeDetail: Prisma.PledgeDetailCreateManyInput
  AgreementDetail: Prisma.AgreementDetailCreateManyInput
  IncidentDetail: Prisma.IncidentDetailCreateManyInput
}

/** Rows to insert, table by table. */
export type RowSet = { [T in keyof Rows]?: Rows[T][] }

/** Inserts rows of one table in one statement, however many. */
export async function insert<T extends keyof Rows>(
  client: PoolClient,
  table: T,
  rows: readonly Rows[T][],
): Promise<void> {
  await insertAll(client, { [table]: [...rows] })
}

/**
 * Inserts rows of several tables, all in one statement: PostgreSQL checks what they refer to at its end, and whoever
 * works on meanwhile need not attend to it once a table.
 */
export async function insertAll(client: PoolClient, rows: RowSet): Promise<void> {
  const filled = order.filter((table) => (rows[table]?.length ?? 0) > 0)
  if (filled.length === 0) return
  await client.query({
    // The same tables are the same statement.
    name: `insert ${filled.map((table) => order.indexOf(table).toString(36)).join('')}`,
    text: `with ${filled.flatMap((table, i) => parts(table, `$${i + 1}`)).join(', ')} select`,
    values: filled.map((table) => JSON.stringify(rows[table])),
  })
}

function parts(table: keyof Rows, parameter: string): string[] {
  const own = `"${table}" as (${insertion(table, parameter)})`
  return table === 'Revision' ? [`texts as (${insertionOfTexts(parameter)})`, own] : [own]
}

const order = Object.keys({
  ...{ Process: 1, Actor: 1, ProcessActor: 1, ActorName: 1, Office: 1, Place: 1, Outlet: 1, Report: 1, Dispatch: 1 },
  ...{ Development: 1, Evidence: 1, Revision: 1, Citation: 1, Participation: 1, Milestone: 1, Claim: 1 },
  ...{ Disagreement: 1, Link: 1, StatementDetail: 1, TalkDetail: 1, Invitation: 1, ExchangeDetail: 1, Leg: 1 },
  ...{ LegGroup: 1, PledgeDetail: 1, AgreementDetail: 1, IncidentDetail: 1 },
} satisfies Record<keyof Rows, 1>) as (keyof Rows)[]

/** Inserts those rows that the table does not have yet; returns how many there were. */
export async function insertMissing<T extends keyof Rows>(
  client: PoolClient,
  table: T,
  rows: readonly Rows[T][],
): Promise<number> {
  if (rows.length === 0) return 0
  const text = `${insertion(table, '$1')} on conflict do nothing`
  const { rowCount } = await client.query(text, [JSON.stringify(rows)])
  return rowCount ?? 0
}

function insertion(table: keyof Rows, parameter: string): string {
  // As json it is read once, from text to columns; as jsonb it would be made into a tree first.
  return `insert into "${table}" select * from json_populate_recordset(null::"${table}", ${parameter}::json)`
}
