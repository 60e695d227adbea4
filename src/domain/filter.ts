import type { Facets } from './facets.ts'
import type { Kind } from './kind.ts'
import type { Role } from './role.ts'
import type { Status } from './status.ts'

/** An actor, acting itself or through whoever acts for it, in any of the roles; no roles: in whichever. */
export interface ActorInRole {
  readonly actor: string
  readonly roles?: readonly Role[] | undefined
}

/**
 * Which revisions somebody wants: every member given must hold. The same filter serves lists and the feed; it reads a
 * revision's own content and nothing else.
 */
export interface Filter {
  readonly processes?: readonly string[] | undefined
  readonly kinds?: readonly Kind[] | undefined
  readonly statuses?: readonly Status[] | undefined
  /** All of them must take part. */
  readonly actors?: readonly ActorInRole[] | undefined
  /** Any of them must be cited. */
  readonly outlets?: readonly string[] | undefined
  /** It may have happened within: unknown dates do not pass. ISO 8601, both inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((member) => member === undefined)
}

export function passes(filter: Filter, facets: Facets): boolean {
  const { processes, kinds, statuses, actors, outlets, from, to } = filter
  if (processes !== undefined && !processes.includes(facets.process)) return false
  if (kinds !== undefined && !kinds.includes(facets.kind)) return false
  if (statuses !== undefined && (facets.status === null || !statuses.includes(facets.status))) return false
  if (actors !== undefined && !actors.every((wanted) => takesPart(wanted, facets))) return false
  if (outlets !== undefined && !outlets.some((outlet) => facets.outlets.includes(outlet))) return false
  if (from === undefined && to === undefined) return true
  if (facets.earliest === null && facets.latest === null) return false
  const after = from === undefined || facets.latest === null || facets.latest >= from
  const before = to === undefined || facets.earliest === null || facets.earliest <= to
  return after && before
}

function takesPart({ actor, roles }: ActorInRole, facets: Facets): boolean {
  return facets.actors.some(
    ({ id, onBehalfOf, role }) =>
      (id === actor || onBehalfOf === actor) && (roles === undefined || roles.includes(role)),
  )
}
