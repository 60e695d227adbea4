import type { Content } from './content.ts'
import type { Kind } from './kind.ts'
import type { Role } from './role.ts'
import type { Status } from './status.ts'

/** What filters read of a revision. Kept beside it, so that the feed decides without loading the revision's children. */
export interface Facets {
  readonly process: string
  readonly kind: Kind
  readonly status: Status | null
  readonly actors: readonly { readonly id: string; readonly role: Role; readonly onBehalfOf: string | null }[]
  readonly earliest: string | null
  readonly latest: string | null
  readonly place: string | null
  readonly outlets: readonly string[]
}

export function facetsOf(process: string, content: Content): Facets {
  const outlets = new Set(content.citations.flatMap((c) => (c.outlet === null || c.retracted ? [] : [c.outlet])))
  return {
    process,
    kind: content.detail.kind,
    status: content.status,
    actors: content.participants.map(({ id, role, onBehalfOf }) => ({ id, role, onBehalfOf: onBehalfOf ?? null })),
    earliest: content.when?.earliest ?? null,
    latest: content.when?.latest ?? null,
    place: content.place,
    outlets: [...outlets],
  }
}
