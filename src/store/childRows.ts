import type { Pool, QueryResultRow } from 'pg'
import type { Value } from '../domain/claim.ts'
import type { Figure } from '../domain/figure.ts'
import type { When } from '../domain/when.ts'
import { columnsOf } from './columns.ts'
import type {
  AgreementDetail,
  Citation,
  Claim,
  Disagreement,
  ExchangeDetail,
  IncidentDetail,
  Invitation,
  Leg,
  LegGroup,
  Link,
  Milestone,
  Participation,
  PledgeDetail,
  StatementDetail,
  TalkDetail,
} from './prisma/client.ts'

/** A row whose JSON columns hold values of the domain. */
type Holding<Columns, Row> = Omit<Row, keyof Columns> & Columns

/** What lies below a revision, by table. */
export interface ChildRows {
  Participation: Participation
  Milestone: Holding<{ when: When | null }, Milestone>
  Claim: Holding<{ value: Value }, Claim>
  Citation: Citation
  Disagreement: Disagreement
  Link: Link
  Invitation: Holding<{ when: When | null }, Invitation>
  Leg: Holding<{ count: Figure | null; heldSince: When | null }, Leg>
  LegGroup: Holding<{ count: Figure | null; heldSince: When | null }, LegGroup>
  StatementDetail: StatementDetail
  TalkDetail: TalkDetail
  ExchangeDetail: ExchangeDetail
  PledgeDetail: Holding<{ due: When | null }, PledgeDetail>
  AgreementDetail: Holding<{ effective: When | null; until: When | null }, AgreementDetail>
  IncidentDetail: IncidentDetail
}

export type ChildTable = keyof ChildRows

/**
 * The children of revisions in one table, by position and in their order. One prepared statement, however many there
 * are.
 */
export async function readChildren<T extends ChildTable>(
  pool: Pool,
  table: T,
  positions: readonly number[],
): Promise<Map<number, ChildRows[T][]>> {
  // A revision has one detail at the most.
  const order = table.endsWith('Detail') ? '' : 'order by position, ordinal'
  const { rows } = await pool.query<ChildRows[T] & QueryResultRow>({
    name: `read ${table} by position`,
    text: `select ${columnsOf(table)} from "${table}" where position = any($1) ${order}`,
    values: [positions],
  })
  const found = new Map<number, ChildRows[T][]>(positions.map((position) => [position, []]))
  for (const row of rows) found.get(row.position)?.push(row)
  return found
}
