import { roles } from '../domain/role.ts'
import { ucdpDatePrecision, type When } from '../domain/when.ts'
import type { ExportedRow } from '../store/exportRows.ts'
import type { ExportedFigure } from './exportFigure.ts'
import { globalId } from './globalId.ts'

/** What a cell holds before it is written: numbers stay numbers, so that they are not taken for text. */
export type Cell = string | number | null | undefined

/** A column of the flat form; docs/export.md says of each what it means, in which unit and by whose code. */
export interface Column {
  readonly name: string
  readonly cell: (row: ExportedRow, figures: readonly ExportedFigure[]) => Cell
}

/** Between several values in a cell. Refs never hold it. */
export const SEPARATOR = ';'

const column = (name: string, cell: Column['cell']): Column => ({ name, cell })
const declined = new Set(['DECLINED', 'WITHDREW'])

/** The columns of the flat form, but for those that say how it was read. */
export const columns: readonly Column[] = [
  column('ref', (r) => r.ref),
  column('kind', (r) => r.kind),
  column('process', (r) => r.process),
  column('headline', (r) => r.headline),
  column('summary', (r) => r.summary),
  column('status', (r) => r.status),
  column('when_earliest', (r) => r.when?.earliest),
  column('when_latest', (r) => r.when?.latest),
  column('when_precision', (r) => r.when?.precision),
  column('when_basis', (r) => r.when?.basis),
  column('ucdp_date_prec', (r) => datePrecision(r.when)),
  column('place', (r) => r.place),
  column('place_name', (r) => r.placeName),
  column('place_country', (r) => r.country),
  column('place_latitude', (r) => r.latitude),
  column('place_longitude', (r) => r.longitude),
  column('ucdp_where_prec', (r) => r.wherePrecision),
  column('actors', (r) => distinct(r.participants.map(({ name }) => name))),
  ...roles.map((role) =>
    column(role.toLowerCase(), (r) => distinct(r.participants.filter((p) => p.role === role).map((p) => p.actor))),
  ),
  column('invited', (r) => distinct(r.invitations.map(({ invitee }) => invitee))),
  column('declined', (r) => distinct(r.invitations.filter((i) => declined.has(i.response)).map((i) => i.invitee))),
  column('outlets', (r) => distinct(r.outlets)),
  column('report_count', (r) => r.reportCount),
  column('independent_source_count', (r) => r.independentSourceCount),
  column('statement_act', (r) => r.act),
  column('statement_issue', (r) => r.issue),
  column('talk_extent', (r) => r.extent),
  column('talk_format', (r) => r.format),
  column('talk_track', (r) => r.track),
  column('talk_level', (r) => r.level),
  column('exchange_form', (r) => r.form),
  column('pledge_strength', (r) => r.strength),
  column('pledge_due_latest', (r) => r.dueLatest?.toISOString()),
  column('agreement_stage', (r) => r.stage),
  column('incident_type', (r) => r.type),
  column('incident_standing', (r) => r.standing),
  column('figure_count', (_, figures) => figures.length),
  ...(['key', 'measure', 'low', 'best', 'high', 'qualifier', 'stage', 'unit'] as const).map((part) =>
    column(`figure_${part}`, (_, figures) => figures[0]?.[part]),
  ),
  column('figures', (_, figures) => (figures.length === 0 ? null : JSON.stringify(figures))),
  column('disagreement_count', (r) => r.disagreementCount),
  column('contradiction_count', (r) => r.contradictionCount),
  column('links', (r) => distinct(r.links.map(({ type, to }) => `${type}:${to}`))),
  column('known_at', (r) => r.knownAt.toISOString()),
  column('recorded_at', (r) => r.recordedAt.toISOString()),
  column('revision', (r) => r.number),
  column('action', (r) => r.action),
  column('id', (r) => globalId('Development', r.ref)),
  column('position', (r) => r.position),
]

function datePrecision(when: When | null): number | null {
  return when === null ? null : ucdpDatePrecision(when)
}

function distinct(values: readonly string[]): string | null {
  return values.length === 0 ? null : [...new Set(values)].join(SEPARATOR)
}
