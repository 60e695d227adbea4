import type { Appearance, Aspect, Claim, Value, valueMember } from './claim.ts'
import { identity } from './claim.ts'
import { type Comparison, refines } from './compare.ts'
import { corroboration, sayingOf } from './corroboration.ts'
import { type Response, responseSteps } from './response.ts'
import { leadsTo, type Status } from './status.ts'

/** A claim whose value is known to be that of its aspect. */
export type ClaimOf<A extends Aspect> = Omit<Claim, 'value'> & {
  readonly value: Extract<Value, Record<(typeof valueMember)[A], unknown>>
}

/** The values that hold: at most one for an aspect and key, several for the actors of a role. */
export interface Standing {
  find<A extends Aspect>(aspect: A, key: string): ClaimOf<A> | undefined
  /** The standing claims of an aspect, in the order in which their keys were first published. */
  all<A extends Aspect>(aspect: A): ClaimOf<A>[]
  /** A standing CONTENT value. */
  text(key: string): string | undefined
  /** The standing PARTICIPANT values of a key. */
  actors(key: string): Appearance[]
  holds(claim: Claim): boolean
}

/** Where a claim comes from, as the rule needs it. */
export interface Provenance {
  readonly source: (citation: string) => string
  readonly report: (citation: string) => string
}

/**
 * The rule by which one of several claims stands. `claims` are in order of publication.
 *
 * - An editor's rank beats all: a PREFERRED claim stands, a DEPRECATED one never does, a denied one neither.
 * - WHEN, DUE, HELD_SINCE, PLACE: the first published stands; a value contained in it refines it.
 * - STATUS, RESPONSE: moves forward by its graph, in order of publication.
 * - FIGURE: the one with the most independent origins; then the more exact; then the first published.
 * - PARTICIPANT: the first report's actors of a role stand. A report that names them all and more completes the list,
 *   one that names an actor more exactly refines it; one that names others instead stays a claim.
 * - WORDING, REASON, CONTENT, OFFICE: the one with the most independent origins; then the first published.
 */
export function settle(claims: readonly Claim[], provenance: Provenance, comparison: Comparison): Standing {
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (claim.negated || claim.rank === 'DEPRECATED') continue
    const group = `${claim.aspect} ${claim.key}`
    const members = groups.get(group)
    if (members === undefined) groups.set(group, [claim])
    else members.push(claim)
  }
  const chosen = new Map<string, Claim[]>()
  for (const [group, members] of groups) chosen.set(group, choose(members, provenance, comparison))

  const at = (aspect: Aspect, key: string) => chosen.get(`${aspect} ${key}`) ?? []
  return {
    find: <A extends Aspect>(aspect: A, key: string) => at(aspect, key)[0] as ClaimOf<A> | undefined,
    all: <A extends Aspect>(aspect: A) =>
      [...chosen.values()].flat().filter((claim) => claim.aspect === aspect) as unknown as ClaimOf<A>[],
    text: (key) => (at('CONTENT', key)[0] as ClaimOf<'CONTENT'> | undefined)?.value.text,
    actors: (key) => (at('PARTICIPANT', key) as unknown as ClaimOf<'PARTICIPANT'>[]).map((claim) => claim.value.actor),
    holds: (claim) =>
      !claim.negated &&
      claim.rank !== 'DEPRECATED' &&
      at(claim.aspect, claim.key).some((held) => held === claim || identity(held.value) === identity(claim.value)),
  }
}

function choose(claims: Claim[], provenance: Provenance, comparison: Comparison): Claim[] {
  const preferred = claims.filter((claim) => claim.rank === 'PREFERRED')
  const open = preferred.length > 0 ? preferred : claims
  const aspect = (open[0] as Claim).aspect
  switch (aspect) {
    case 'PARTICIPANT':
      return preferred.length > 0 ? [...distinct(preferred)] : chooseActors(open, provenance, comparison)
    case 'WHEN':
    case 'DUE':
    case 'HELD_SINCE':
    case 'PLACE':
      return [open.reduce((held, next) => (refines(next.value, held.value, comparison) ? next : held))]
    case 'STATUS':
      return [open.reduce((held, next) => (follows(held, next, comparison) ? next : held))]
    case 'RESPONSE':
      return [open.reduce((held, next) => (answers(held, next) ? next : held))]
    case 'FIGURE':
    case 'WORDING':
    case 'REASON':
    case 'CONTENT':
    case 'OFFICE':
      return [best(open, provenance, comparison)]
    default:
      return aspect satisfies never
  }
}

function follows(held: Claim, next: Claim, { kind }: Comparison): boolean {
  const [from, to] = [held.value, next.value] as { status: Status }[]
  return from !== undefined && to !== undefined && leadsTo(kind, from.status, to.status)
}

function answers(held: Claim, next: Claim): boolean {
  const [from, to] = [held.value, next.value] as { response: Response }[]
  return from !== undefined && to !== undefined && responseSteps[from.response].includes(to.response)
}

function best(claims: Claim[], provenance: Provenance, comparison: Comparison): Claim {
  if (claims.length === 1) return claims[0] as Claim
  const support = corroboration(claims, ({ citation }) => provenance.source(citation))
  const supportOf = (claim: Claim) => support.get(sayingOf(claim)) ?? 0
  return claims.reduce((held, next) => {
    const more = supportOf(next) - supportOf(held)
    return more > 0 || (more === 0 && refines(next.value, held.value, comparison)) ? next : held
  })
}

function chooseActors(claims: Claim[], provenance: Provenance, comparison: Comparison): Claim[] {
  const byReport = new Map<string, Claim[]>()
  for (const claim of claims) {
    const report = provenance.report(claim.citation)
    const named = byReport.get(report)
    if (named === undefined) byReport.set(report, [claim])
    else named.push(claim)
  }
  let held: Claim[] = []
  for (const named of byReport.values()) {
    const added: Claim[] = []
    const covered = new Set<Claim>()
    const exacter = new Map<Claim, Claim>()
    for (const claim of distinct(named)) {
      const same = held.find((h) => identity(h.value) === identity(claim.value))
      const coarser = held.find((h) => refines(claim.value, h.value, comparison))
      const finer = held.find((h) => refines(h.value, claim.value, comparison))
      const met = same ?? coarser ?? finer
      if (met === undefined) added.push(claim)
      else covered.add(met)
      if (same === undefined && coarser !== undefined) exacter.set(coarser, claim)
    }
    const completes = held.every((h) => covered.has(h))
    held = held.map((h) => exacter.get(h) ?? h)
    if (completes) held = [...held, ...added]
  }
  return held
}

function distinct(claims: readonly Claim[]): readonly Claim[] {
  if (claims.length === 1) return claims
  const seen = new Set<string>()
  return claims.filter((claim) => {
    const value = identity(claim.value)
    return !seen.has(value) && seen.add(value) !== undefined
  })
}
