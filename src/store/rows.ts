import type { PoolClient } from 'pg'
import type { Prisma } from './prisma/client.ts'
import { insertTexts, type RevisionText } from './revisionText.ts'

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
  if (rows.length > 0) await client.query(statement(table, ''), [JSON.stringify(rows)])
}

/** Inserts rows of several tables: one statement a table, in an order in which what they refer to is there. */
export async function insertAll(client: PoolClient, rows: RowSet): Promise<void> {
  for (const table of order) await insert(client, table, rows[table] ?? [])
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
  const { rowCount } = await client.query(statement(table, 'on conflict do nothing'), [JSON.stringify(rows)])
  return rowCount ?? 0
}

function statement(table: keyof Rows, onConflict: string): string {
  // As json it is read once, from text to columns; as jsonb it would be made into a tree first.
  const insertion = `insert into "${table}" select * from json_populate_recordset(null::"${table}", $1::json) ${onConflict}`
  return table === 'Revision' ? `${insertTexts} ${insertion}` : insertion
}
