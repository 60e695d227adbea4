import type { Change, CorrectionBasis } from '../domain/correction.ts'
import type { Pen } from './pen.ts'

/** What the desk did, kept as it came: an input of the fold. */
export interface DeskActionRow {
  readonly development: string
  readonly kind: 'CORRECT' | 'RETRACT' | 'REINSTATE'
  readonly reason: string
  readonly basis?: CorrectionBasis
  /** ISO 8601; now, where it is left out. */
  readonly knownAt?: string
  readonly body?: { headline?: string | undefined; summary?: string | undefined; changes: readonly Change[] }
}

/** Records a desk action and returns its id. */
export async function recordDeskAction({ client, now }: Pen, action: DeskActionRow): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `insert into "DeskAction" ("developmentId", kind, reason, basis, "knownAt", "recordedAt", body)
     values ($1, $2::"DeskActionKind", $3, $4::"CorrectionBasis", $5, $6, $7::jsonb) returning id`,
    [
      action.development,
      action.kind,
      action.reason,
      action.basis ?? null,
      action.knownAt ?? now,
      now,
      JSON.stringify(action.body ?? {}),
    ],
  )
  return (rows[0] as { id: number }).id
}
