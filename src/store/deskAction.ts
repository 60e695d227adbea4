import type { Change, Correction, CorrectionBasis } from '../domain/correction.ts'
import type { Selection } from '../domain/mending.ts'
import { audit } from './audit.ts'
import type { Pen } from './pen.ts'
import type { DeskActionKind } from './prisma/client.ts'

interface Done {
  readonly kind: DeskActionKind
  readonly reason: string
  readonly basis?: CorrectionBasis
  /** ISO 8601; now, where it is left out. */
  readonly knownAt?: string
}

/** What the desk did, kept as it came: an input of the fold. The bodies hold all that it takes to do it elsewhere. */
export type DeskActionRow = Done &
  (
    | {
        readonly kind: 'CORRECT'
        readonly development: string
        readonly body: {
          readonly headline?: string | undefined
          readonly summary?: string | undefined
          readonly changes: readonly Change[]
        }
      }
    | { readonly kind: 'RETRACT' | 'REINSTATE'; readonly development: string }
    | { readonly kind: 'MERGE'; readonly development: string; readonly other: string; readonly body: object }
    | {
        readonly kind: 'SPLIT'
        readonly development: string
        readonly other: string
        readonly body: {
          readonly headline?: string | undefined
          readonly summary?: string | undefined
          readonly selection: Selection
          readonly doneAt?: string | undefined
        }
      }
    | { readonly kind: 'RETRACT_REPORT'; readonly report: string; readonly body: object }
  )

/** Records a desk action, with who did it, and returns its id. */
export async function recordDeskAction(pen: Pen, action: DeskActionRow): Promise<number> {
  const { client, now } = pen
  const about = 'report' in action ? { report: action.report } : { development: action.development }
  const { rows } = await client.query<{ id: number }>(
    `insert into "DeskAction" ("developmentId", "otherId", "reportId", kind, reason, basis, "knownAt", "recordedAt", body)
     values ($1, $2, $3, $4::"DeskActionKind", $5, $6::"CorrectionBasis", $7, $8, $9::jsonb) returning id`,
    [
      about.development ?? null,
      'other' in action ? action.other : null,
      about.report ?? null,
      action.kind,
      action.reason,
      action.basis ?? null,
      action.knownAt ?? now,
      now,
      JSON.stringify('body' in action ? action.body : {}),
    ],
  )
  const { id } = rows[0] as { id: number }
  const subject = 'report' in action ? action.report : action.development
  await audit(pen, [{ act: action.kind, subject, deskAction: id }])
  return id
}

/** The retraction of a report: which action, and why; undefined: it was not retracted. */
export async function retractionOf(
  { client }: Pen,
  report: string,
): Promise<{ readonly id: number; readonly reason: string } | undefined> {
  const { rows } = await client.query<{ id: number; reason: string }>(
    'select id, reason from "DeskAction" where "reportId" = $1',
    [report],
  )
  return rows[0]
}

/** When a desk did it: here, or where it was taken over from. */
export const doneAt = `coalesce((a.body->>'doneAt')::timestamptz, a."recordedAt")`

/** Whether the record has what a desk did at a moment to developments, or to a report. */
export async function isRecorded(
  { client }: Pen,
  act: { readonly kind: 'MERGE' | 'SPLIT' | 'RETRACT_REPORT'; readonly about: string; readonly other?: string },
  moment: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from "DeskAction" a where a.kind = $1::"DeskActionKind" and $2 in (a."developmentId", a."reportId")
       and a."otherId" is not distinct from $3 and ${doneAt} = $4`,
    [act.kind, act.about, act.other ?? null, moment],
  )
  return rowCount !== 0
}

/** Whether the record has a correction of a development, which may be merged by now. */
export async function isCorrected({ client }: Pen, ref: string, sent: Correction): Promise<boolean> {
  const { basis, knownAt, reason, ...body } = sent
  const { rowCount } = await client.query(
    `select 1 from "DeskAction" where kind = 'CORRECT' and "developmentId" = $1 and basis = $2::"CorrectionBasis"
       and "knownAt" = $3 and reason = $4 and body = $5::jsonb`,
    [ref, basis, knownAt, reason, JSON.stringify(body)],
  )
  return rowCount !== 0
}
