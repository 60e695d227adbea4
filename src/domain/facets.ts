import { independentSources } from './citation.ts'
import type { Aspect, Relation } from './claim.ts'
import type { Content } from './content.ts'
import type { Kind } from './kind.ts'
import type { Link } from './link.ts'
import { nowhere, type PlaceFacts } from './place.ts'
import type { Response } from './response.ts'
import type { Role } from './role.ts'
import type { Status } from './status.ts'
import { type CodeName, codesOf } from './vocabulary.ts'
import type { Precision } from './when.ts'

/**
 * What filters read of a revision. Kept beside it, so that the feed decides without loading the revision's children.
 *
 * A revision never changes, and neither do its facets: of its place they hold what the gazetteer said when the revision
 * was written. A place that is drawn anew counts from the next revision of each development on.
 */
export interface Facets extends PlaceFacts {
  readonly development: string
  readonly process: string
  readonly kind: Kind
  readonly status: Status | null
  readonly actors: readonly { readonly id: string; readonly role: Role; readonly onBehalfOf: string | null }[]
  readonly earliest: string | null
  readonly latest: string | null
  /** UNKNOWN also where no report gives a date. */
  readonly precision: Precision
  readonly outlets: readonly string[]
  readonly reports: readonly string[]
  /** From when on this content was publicly known. */
  readonly knownAt: string
  readonly reportCount: number
  readonly independentSourceCount: number
  readonly disagreements: readonly { readonly aspect: Aspect; readonly relation: Relation }[]
  readonly links: readonly Link[]
  /** What only its kind has. */
  readonly codes: { readonly [name in CodeName]?: string }
  readonly invitations: readonly {
    readonly invitee: string
    readonly respondedBy: string | null
    readonly response: Response
  }[]
}

/** The facets of a development of which nothing is told. */
export function facetsOfNothing(version: Pick<Facets, 'development' | 'process' | 'kind' | 'knownAt'>): Facets {
  return {
    ...{ ...nowhere, ...version, status: null },
    ...{ earliest: null, latest: null, precision: 'UNKNOWN', reportCount: 0, independentSourceCount: 0, codes: {} },
    ...{ actors: [], outlets: [], reports: [], disagreements: [], links: [], invitations: [] },
  }
}

/**
 * @param version.place what the gazetteer says of `content.place` now; left out where it names none
 */
export function facetsOf(version: {
  readonly development: string
  readonly process: string
  readonly content: Content
  readonly knownAt: string
  readonly place?: PlaceFacts | undefined
}): Facets {
  const { development, process, content, knownAt, place = nowhere } = version
  const { status, participants, when, citations, disagreements, links, detail } = content
  // What a retracted report tells is shown, and counts for nothing.
  const telling = citations.filter((c) => !c.retracted)
  const outlets = new Set(telling.flatMap((c) => (c.outlet === null ? [] : [c.outlet])))
  const reports = new Set(telling.map((c) => c.report))
  return {
    ...{ development, process, kind: detail.kind, status, knownAt, ...place },
    actors: participants.map(({ id, role, onBehalfOf }) => ({ id, role, onBehalfOf: onBehalfOf ?? null })),
    earliest: when?.earliest ?? null,
    latest: when?.latest ?? null,
    precision: when?.precision ?? 'UNKNOWN',
    outlets: [...outlets],
    reports: [...reports],
    reportCount: reports.size,
    independentSourceCount: independentSources(citations),
    disagreements: disagreements.map(({ aspect, relation }) => ({ aspect, relation })),
    links,
    codes: codesOf(detail),
    invitations:
      detail.kind === 'TALK'
        ? detail.invitations.map(({ invitee, respondedBy, response }) => ({ invitee, respondedBy, response }))
        : [],
  }
}
