import type { Aspect, Relation } from './claim.ts'
import type { Facets } from './facets.ts'
import { type Box, type Circle, isNear, isWithin } from './geography.ts'
import type { Kind } from './kind.ts'
import type { LinkType } from './link.ts'
import type { Response } from './response.ts'
import type { Role } from './role.ts'
import type { Status } from './status.ts'
import type { CodeName } from './vocabulary.ts'
import type { Precision } from './when.ts'

/** An actor, acting itself or through whoever acts for it, in any of the roles; no roles: in whichever. */
export interface ActorInRole {
  readonly actor: string
  readonly roles?: readonly Role[] | undefined
}

/**
 * How a date that is a span counts against a window. POSSIBLY_WITHIN: some moment of it lies within; CERTAINLY_WITHIN:
 * every moment does. A side that the date leaves open reaches for ever. What has no date at all is in no window.
 */
export const windowMatches = ['POSSIBLY_WITHIN', 'CERTAINLY_WITHIN'] as const
export type WindowMatch = (typeof windowMatches)[number]

/**
 * Which revisions somebody wants: every member given must hold. The same filter serves lists and the feed; it reads a
 * revision's own content and nothing else. A member that names several values wants any of them, unless it says otherwise.
 */
export interface Filter {
  readonly and?: readonly Filter[] | undefined
  readonly or?: readonly Filter[] | undefined
  readonly not?: Filter | undefined
  readonly developments?: readonly string[] | undefined
  readonly processes?: readonly string[] | undefined
  readonly kinds?: readonly Kind[] | undefined
  readonly statuses?: readonly Status[] | undefined
  /** All of them must take part. */
  readonly actors?: readonly ActorInRole[] | undefined
  /** Any of them must be cited. */
  readonly outlets?: readonly string[] | undefined
  readonly reports?: readonly string[] | undefined
  /** When it happened, ISO 8601, both inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** POSSIBLY_WITHIN unless told. */
  readonly match?: WindowMatch | undefined
  readonly precisions?: readonly Precision[] | undefined
  /** There, or in a place within. */
  readonly places?: readonly string[] | undefined
  readonly countries?: readonly string[] | undefined
  readonly near?: Circle | undefined
  readonly box?: Box | undefined
  /** From when on its content was publicly known, ISO 8601, both inclusive. */
  readonly knownFrom?: string | undefined
  readonly knownTo?: string | undefined
  readonly reportsAtLeast?: number | undefined
  readonly independentSourcesAtLeast?: number | undefined
  /** It has a disagreement over any of the aspects and of any of the relations. */
  readonly disagreement?:
    | { readonly aspects?: readonly Aspect[] | undefined; readonly relations?: readonly Relation[] | undefined }
    | undefined
  /** It has a link of any of the types to any of the developments. */
  readonly link?:
    | { readonly types?: readonly LinkType[] | undefined; readonly to?: readonly string[] | undefined }
    | undefined
  /** Of each name given, any of the codes; only the kind that has the name passes. */
  readonly codes?: { readonly [name in CodeName]?: readonly string[] | undefined } | undefined
  /** Any of the actors was invited, or answered for who was, with any of the responses. */
  readonly invitation?:
    | { readonly actors?: readonly string[] | undefined; readonly responses?: readonly Response[] | undefined }
    | undefined
}

/** Lets everything pass, whatever is in the record. */
export function isEmpty({ and, or, ...own }: Filter): boolean {
  return (
    Object.values(own).every((member) => member === undefined) &&
    (and === undefined || and.every(isEmpty)) &&
    (or === undefined || or.some(isEmpty))
  )
}

/** What passes both. */
export function both(one: Filter, other: Filter): Filter {
  return isEmpty(other) ? one : { and: [one, other] }
}

/** What filterSql in store/ is in the database: the two must agree on every revision. */
export function passes(filter: Filter, facets: Facets): boolean {
  const { and, or, not } = filter
  if (and !== undefined && !and.every((part) => passes(part, facets))) return false
  if (or !== undefined && !or.some((part) => passes(part, facets))) return false
  if (not !== undefined && passes(not, facets)) return false
  return isTold(filter, facets) && happened(filter, facets) && lies(filter, facets) && details(filter, facets)
}

function isTold(filter: Filter, facets: Facets): boolean {
  const { developments, processes, kinds, statuses, actors, outlets, reports, knownFrom, knownTo } = filter
  const { reportsAtLeast, independentSourcesAtLeast, disagreement, link } = filter
  return (
    has(developments, facets.development) &&
    has(processes, facets.process) &&
    has(kinds, facets.kind) &&
    has(statuses, facets.status) &&
    (actors === undefined || actors.every((wanted) => takesPart(wanted, facets))) &&
    hasAny(outlets, facets.outlets) &&
    hasAny(reports, facets.reports) &&
    (knownFrom === undefined || facets.knownAt >= knownFrom) &&
    (knownTo === undefined || facets.knownAt <= knownTo) &&
    (reportsAtLeast === undefined || facets.reportCount >= reportsAtLeast) &&
    (independentSourcesAtLeast === undefined || facets.independentSourceCount >= independentSourcesAtLeast) &&
    (disagreement === undefined ||
      facets.disagreements.some(
        (d) => has(disagreement.aspects, d.aspect) && has(disagreement.relations, d.relation),
      )) &&
    (link === undefined || facets.links.some(({ type, to }) => has(link.types, type) && has(link.to, to)))
  )
}

function happened({ from, to, match, precisions }: Filter, { earliest, latest, precision }: Facets): boolean {
  if (!has(precisions, precision)) return false
  if (from === undefined && to === undefined) return true
  if (earliest === null && latest === null) return false
  if (match === 'CERTAINLY_WITHIN') {
    return (
      (from === undefined || (earliest !== null && earliest >= from)) &&
      (to === undefined || (latest !== null && latest <= to))
    )
  }
  return (
    (from === undefined || latest === null || latest >= from) &&
    (to === undefined || earliest === null || earliest <= to)
  )
}

function lies({ places, countries, near, box }: Filter, facets: Facets): boolean {
  if (!hasAny(places, facets.places) || !has(countries, facets.country)) return false
  if (near === undefined && box === undefined) return true
  const { latitude, longitude } = facets
  if (latitude === null || longitude === null) return false
  const at = { latitude, longitude }
  return (near === undefined || isNear(near, at)) && (box === undefined || isWithin(box, at))
}

function details({ codes = {}, invitation }: Filter, facets: Facets): boolean {
  if (!Object.entries(codes).every(([name, wanted]) => has(wanted, facets.codes[name as CodeName] ?? null)))
    return false
  if (invitation === undefined) return true
  const { actors, responses } = invitation
  return facets.invitations.some(
    ({ invitee, respondedBy, response }) =>
      (has(actors, invitee) || has(actors, respondedBy)) && has(responses, response),
  )
}

function takesPart({ actor, roles }: ActorInRole, facets: Facets): boolean {
  return facets.actors.some(({ id, onBehalfOf, role }) => (id === actor || onBehalfOf === actor) && has(roles, role))
}

/** No list wants nothing, so anything will do; of null nothing is known, so no list has it. */
function has<T>(wanted: readonly T[] | undefined, value: T | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value))
}

function hasAny<T>(wanted: readonly T[] | undefined, values: readonly T[]): boolean {
  return wanted === undefined || wanted.some((one) => values.includes(one))
}
