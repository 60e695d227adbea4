import { isSame } from './canonical.ts'
import { claimKey } from './claim.ts'
import type { Content } from './content.ts'

/** One difference between two versions; `null` where one of them has nothing at that path. */
export interface FieldChange {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** What changed from one version to the next, in the words of the schema: lists by the key of their members. */
export function changesBetween(before: Content | null, after: Content | null): FieldChange[] {
  const [left, right] = [before === null ? new Map() : flat(before), after === null ? new Map() : flat(after)]
  const paths = [...new Set([...left.keys(), ...right.keys()])]
  return paths.flatMap((path) => {
    const [was, is] = [left.get(path) ?? null, right.get(path) ?? null]
    // Of what one of them has not, there is nothing to compare.
    if (was === null || is === null) return was === is ? [] : [{ path, before: was, after: is }]
    return isSame(was, is) ? [] : [{ path, before: was, after: is }]
  })
}

function flat(content: Content): Map<string, unknown> {
  const { participants, milestones, claims, citations, disagreements, links, detail, ...plain } = content
  const fields = new Map<string, unknown>(Object.entries(plain))
  const put = <T>(name: string, items: readonly T[], key: (item: T) => string) => {
    for (const item of items) fields.set(`${name}[${key(item)}]`, item)
  }
  put('participants', participants, (p) => [p.role, p.id, p.onBehalfOf].filter(Boolean).join(' '))
  put('milestones', milestones, (m) => m.status)
  for (const claim of claims) {
    const name = [claim.aspect, claim.key, claim.citation].filter(Boolean).join(' ')
    const path = fields.has(`claims[${name}]`) ? `claims[${name} ${claimKey(claim)}]` : `claims[${name}]`
    fields.set(path, { value: claim.value, rank: claim.rank, negated: claim.negated, claimant: claim.claimant ?? null })
  }
  put('citations', citations, (c) => c.key)
  put('disagreements', disagreements, (d) => [d.aspect, d.key].filter(Boolean).join(' '))
  put('links', links, (l) => `${l.type} ${l.to}`)
  for (const [name, value] of Object.entries(detail)) {
    if (name === 'legs') put('legs', value as { key: string }[], (leg) => leg.key)
    else if (name === 'invitations') put('invitations', value as { invitee: string }[], (i) => i.invitee)
    else if (name !== 'kind') fields.set(name, value)
  }
  return fields
}
