import type { Facets } from '../domain/facets.ts'
import { roles } from '../domain/role.ts'
import { ucdpDatePrecision, type When } from '../domain/when.ts'
import type { ExportedRow } from '../store/exportRows.ts'
import { exportedFigures } from './exportFigure.ts'
import { globalId } from './globalId.ts'

/** What a cell holds before it is written: numbers stay numbers, so that they are not taken for text. */
export type Cell = string | number | null | undefined

/** A column of the flat form; docs/export.md says of each what it means, in which unit and by whose code. */
export interface Column {
  readonly name: string
  readonly cell: (row: ExportedRow) => Cell
}

/** Between several values in a cell. Refs never hold it. */
export const SEPARATOR = ';'

const column = (name: string, cell: Column['cell']): Column => ({ name, cell })
const whenOf = ({ when }: ExportedRow) => when as unknown as When | null
const declined = new Set(['DECLINED', 'WITHDREW'])
const contradicts = (d: ExportedRow['disagreements'][number]) => d.relation === 'CONTRADICTS'

/** The columns of the flat form, but for those that say how it was read. */
export const columns: readonly Column[] = [
  column('ref', (r) => r.developmentId),
  column('kind', (r) => r.kind),
  column('process', (r) => r.processId),
  column('headline', (r) => r.headline),
  column('summary', (r) => r.summary),
  column('status', (r) => r.status),
  column('when_earliest', (r) => whenOf(r)?.earliest),
  column('when_latest', (r) => whenOf(r)?.latest),
  column('when_precision', (r) => whenOf(r)?.precision),
  column('when_basis', (r) => whenOf(r)?.basis),
  column('ucdp_date_prec', (r) => datePrecision(whenOf(r))),
  column('place', (r) => r.placeId),
  column('place_name', (r) => r.place?.name),
  column('place_country', (r) => r.place?.country),
  column('place_latitude', (r) => r.place?.latitude),
  column('place_longitude', (r) => r.place?.longitude),
  column('ucdp_where_prec', (r) => r.place?.precision),
  column('actors', (r) => distinct(r.participations.map(({ actor }) => actor.name))),
  ...roles.map((role) =>
    column(role.toLowerCase(), (r) => distinct(r.participations.filter((p) => p.role === role).map((p) => p.actorId))),
  ),
  column('invited', (r) => distinct(r.invitations.map((i) => i.inviteeId))),
  column('declined', (r) => distinct(r.invitations.filter((i) => declined.has(i.response)).map((i) => i.inviteeId))),
  column('outlets', (r) => distinct((r.facets as unknown as Facets).outlets)),
  column('report_count', (r) => r.reportCount),
  column('independent_source_count', (r) => r.independentSourceCount),
  column('statement_act', (r) => r.statement?.act),
  column('statement_issue', (r) => r.statement?.issue),
  column('talk_extent', (r) => r.talk?.extent),
  column('talk_format', (r) => r.talk?.format),
  column('talk_track', (r) => r.talk?.track),
  column('talk_level', (r) => r.talk?.level),
  column('exchange_form', (r) => r.exchange?.form),
  column('pledge_strength', (r) => r.pledge?.strength),
  column('pledge_due_latest', (r) => r.pledge?.dueLatest?.toISOString()),
  column('agreement_stage', (r) => r.agreement?.stage),
  column('incident_type', (r) => r.incident?.type),
  column('incident_standing', (r) => r.incident?.standing),
  column('figure_count', (r) => exportedFigures(r).length),
  ...(['key', 'measure', 'low', 'best', 'high', 'qualifier', 'stage', 'unit'] as const).map((part) =>
    column(`figure_${part}`, (r) => exportedFigures(r)[0]?.[part]),
  ),
  column('figures', (r) => (exportedFigures(r).length === 0 ? null : JSON.stringify(exportedFigures(r)))),
  column('disagreement_count', (r) => r.disagreements.length),
  column('contradiction_count', (r) => r.disagreements.filter(contradicts).length),
  column('links', (r) => distinct(r.links.map(({ type, targetId }) => `${type}:${targetId}`))),
  column('known_at', (r) => r.knownAt.toISOString()),
  column('recorded_at', (r) => r.recordedAt.toISOString()),
  column('revision', (r) => r.number),
  column('action', (r) => r.action),
  column('id', (r) => globalId('Development', r.developmentId)),
  column('position', (r) => r.position),
]

function datePrecision(when: When | null): number | null {
  return when === null ? null : ucdpDatePrecision(when)
}

function distinct(values: readonly string[]): string | null {
  return values.length === 0 ? null : [...new Set(values)].join(SEPARATOR)
}
