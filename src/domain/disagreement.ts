import { type Aspect, type Claim, identity, type Relation, type Value } from './claim.ts'
import { type Comparison, compare, refines } from './compare.ts'
import type { Provenance } from './standing.ts'
import { leadsTo } from './status.ts'

/** An aspect that is told differently, and whether the versions exclude each other. */
export interface Disagreement {
  readonly aspect: Aspect
  readonly key: string
  readonly relation: Relation
}

/**
 * Finds the aspects that the claims tell differently; deprecated claims no longer disagree.
 * Single values are compared by `compare`. Of a role, each report's list of actors is one version: two lists differ
 * when one covers the other, actor by actor, and contradict when they share nobody. A denial contradicts what it denies.
 * An editor's judgement on a claim is taken before the rule.
 */
export function disagreements(
  claims: readonly Claim[],
  provenance: Provenance,
  comparison: Comparison,
): Disagreement[] {
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (claim.rank === 'DEPRECATED') continue
    const group = `${claim.aspect} ${claim.key}`
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [claim])
    else members.push(claim)
  }
  const found: Disagreement[] = []
  for (const members of groups.values()) {
    if (members.length === 1) continue
    const { aspect, key } = members[0] as Claim
    const relation =
      aspect === 'PARTICIPANT'
        ? betweenLists(members, provenance, comparison)
        : betweenValues(members, provenance, comparison)
    if (relation !== undefined) found.push({ aspect, key, relation })
  }
  return found
}

function betweenValues(claims: readonly Claim[], provenance: Provenance, comparison: Comparison): Relation | undefined {
  const relations = new Set<Relation>()
  for (const [i, a] of claims.entries()) {
    for (const b of claims.slice(i + 1)) {
      if (areSteps(a, b, provenance, comparison)) continue
      const relation = between(a, b, comparison)
      if (relation !== undefined) relations.add(relation)
    }
  }
  return strongest(relations)
}

/** Statuses that one report tells one after the other, "stalled, then resumed", are its account and no disagreement. */
function areSteps(a: Claim, b: Claim, { report }: Provenance, { kind }: Comparison): boolean {
  if (!('status' in a.value) || !('status' in b.value) || report(a.citation) !== report(b.citation)) return false
  return leadsTo(kind, a.value.status, b.value.status) || leadsTo(kind, b.value.status, a.value.status)
}

function between(a: Claim, b: Claim, comparison: Comparison): Relation | undefined {
  const same = identity(a.value) === identity(b.value)
  if (a.negated || b.negated) return a.negated !== b.negated && same ? 'CONTRADICTS' : undefined
  if (same) return undefined
  return a.judgement ?? b.judgement ?? compare(a.value, b.value, comparison)
}

function betweenLists(claims: readonly Claim[], provenance: Provenance, comparison: Comparison): Relation | undefined {
  const relations = new Set<Relation>()
  const asserted = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (claim.negated) {
      const denied = claims.some((c) => !c.negated && identity(c.value) === identity(claim.value))
      if (denied) relations.add('CONTRADICTS')
      continue
    }
    const report = provenance.report(claim.citation)
    asserted.set(report, [...(asserted.get(report) ?? []), claim])
  }
  const lists = [...asserted.values()]
  for (const [i, a] of lists.entries()) {
    for (const b of lists.slice(i + 1)) {
      const relation = compareLists(a, b, comparison)
      if (relation !== undefined) relations.add(relation)
    }
  }
  return strongest(relations)
}

function compareLists(a: readonly Claim[], b: readonly Claim[], comparison: Comparison): Relation | undefined {
  const same = (x: Value, y: Value) => identity(x) === identity(y)
  const within = (list: readonly Claim[], other: readonly Claim[], meets: (x: Value, y: Value) => boolean) =>
    list.every((x) => other.some((y) => meets(x.value, y.value)))
  if (within(a, b, same) && within(b, a, same)) return undefined
  const judged = [...a, ...b].find((claim) => claim.judgement !== undefined)?.judgement
  if (judged !== undefined) return judged
  const related = (x: Value, y: Value) => same(x, y) || refines(x, y, comparison) || refines(y, x, comparison)
  return a.some((x) => b.some((y) => related(x.value, y.value))) ? 'DIFFERS' : 'CONTRADICTS'
}

function strongest(relations: ReadonlySet<Relation>): Relation | undefined {
  if (relations.has('CONTRADICTS')) return 'CONTRADICTS'
  return relations.has('DIFFERS') ? 'DIFFERS' : undefined
}
