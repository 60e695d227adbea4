import type { Pool } from 'pg'
import type { Figure } from '../domain/figure.ts'
import type { LinkType } from '../domain/link.ts'
import type { Response } from '../domain/response.ts'
import type { Role } from '../domain/role.ts'
import type { When } from '../domain/when.ts'

/** A revision with everything that a flat row tells of it. */
export interface ExportedRow {
  readonly position: number
  readonly ref: string
  readonly process: string
  readonly kind: string
  readonly number: number
  readonly action: string
  readonly headline: string
  readonly summary: string | null
  readonly status: string | null
  readonly when: When | null
  readonly knownAt: Date
  readonly recordedAt: Date
  readonly reportCount: number
  readonly independentSourceCount: number
  readonly outlets: readonly string[]
  readonly place: string | null
  readonly placeName: string | null
  readonly country: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly wherePrecision: number | null
  readonly participants: readonly { readonly actor: string; readonly name: string; readonly role: Role }[]
  readonly invitations: readonly { readonly invitee: string; readonly response: Response }[]
  readonly legs: readonly { readonly key: string; readonly count: Figure | null }[]
  /** The standing figures. */
  readonly figures: readonly { readonly key: string; readonly figure: Figure }[]
  readonly links: readonly { readonly type: LinkType; readonly to: string }[]
  readonly disagreementCount: number
  readonly contradictionCount: number
  readonly act: string | null
  readonly issue: string | null
  readonly extent: string | null
  readonly format: string | null
  readonly track: string | null
  readonly level: string | null
  readonly form: string | null
  readonly strength: string | null
  readonly dueLatest: Date | null
  readonly stage: string | null
  readonly type: string | null
  readonly standing: string | null
}

/** A list of a revision's children, in their order. */
const children = (member: string, table: string, fields: string, condition = 'true') =>
  `coalesce((select json_agg(json_build_object(${fields}) order by c.ordinal)
     from ${table} where c.position = r.position and ${condition}), '[]') as "${member}"`

const disagreements = `(select count(*)::int from "Disagreement" d where d.position = r.position`

const text = `select r.position, r."developmentId" as ref, r."processId" as process, r.kind, r.number, r.action,
    r.headline, r.summary, r.status, r."when", r."knownAt", r."recordedAt", r."reportCount", r."independentSourceCount",
    r.facets -> 'outlets' as outlets, p.id as place, p.name as "placeName", p.country, p.latitude, p.longitude,
    p.precision as "wherePrecision",
    ${children('participants', '"Participation" c join "Actor" a on a.id = c."actorId"', `'actor', a.id, 'name', a.name, 'role', c.role`)},
    ${children('invitations', '"Invitation" c', `'invitee', c."inviteeId", 'response', c.response`)},
    ${children('legs', '"Leg" c', `'key', c.key, 'count', c.count`)},
    ${children('figures', '"Claim" c', `'key', c.key, 'figure', c.value -> 'figure'`, `c.aspect = 'FIGURE' and c.standing`)},
    ${children('links', '"Link" c', `'type', c.type, 'to', c."targetId"`)},
    ${disagreements}) as "disagreementCount",
    ${disagreements} and d.relation = 'CONTRADICTS') as "contradictionCount",
    s.act, s.issue, t.extent, t.format, t.track, t.level, x.form, g.strength, g."dueLatest", m.stage, i.type, i.standing
  from "Revision" r left join "Place" p on p.id = r."placeId"
    left join "StatementDetail" s on s.position = r.position left join "TalkDetail" t on t.position = r.position
    left join "ExchangeDetail" x on x.position = r.position left join "PledgeDetail" g on g.position = r.position
    left join "AgreementDetail" m on m.position = r.position left join "IncidentDetail" i on i.position = r.position
  where r.position = any($1) order by r.position`

/** The revisions at the positions, in the order of the feed. */
export async function readExportRows(pool: Pool, positions: readonly number[]): Promise<ExportedRow[]> {
  const { rows } = await pool.query<ExportedRow>({ name: 'read export rows', text, values: [positions] })
  return rows
}
