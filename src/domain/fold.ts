import { canonical } from './canonical.ts'
import { type Citation, sourceOf } from './citation.ts'
import { type Claim, claimKey } from './claim.ts'
import type { Comparison } from './compare.ts'
import type { Content, Milestone, Participation } from './content.ts'
import { applyChange, type Correction, holdsAt } from './correction.ts'
import { detailOf, draftDetail } from './detail.ts'
import { disagreements } from './disagreement.ts'
import { draft } from './draft.ts'
import { byPublication, type Evidence } from './evidence.ts'
import type { Kind } from './kind.ts'
import { isBrokenHope, isNotBroken } from './pledge.ts'
import { type Role, roles } from './role.ts'
import { type Provenance, type Standing, settle } from './standing.ts'
import { leadsTo, type Status, statusesOf } from './status.ts'

/** All that a development's content is made of. */
export interface Material {
  readonly kind: Kind
  readonly evidence: readonly Evidence[]
  /** In the order in which the desk recorded them. */
  readonly corrections: readonly Correction[]
  readonly enclosing: Comparison['enclosing']
  /** The refs that name it: its own, and those that were merged into it. A link to one of them is a link to itself. */
  readonly names?: readonly string[] | undefined
}

/** What was known between two moments, `knownUntil` exclusive; null: until further evidence. */
export interface Interval {
  readonly knownAt: string
  readonly knownUntil: string | null
  readonly content: Content
}

/** The content of a development at every moment: it depends on what was published when, never on when it arrived. */
export function history(material: Material): Interval[] {
  return intervals(material)
    .filter(({ knownAt }) => isTold(material.evidence, knownAt))
    .map((interval) => ({ ...interval, content: fold(material, interval.knownAt) }))
}

/** Whether a report that was not retracted tells it by then; by the end, where no moment is given. */
export function isTold(evidence: readonly Evidence[], moment = '\uffff'): boolean {
  return evidence.some((e) => e.knownAt <= moment && e.retracted === undefined)
}

/** The spans of time in which no evidence came and no correction began, in order. */
export function intervals({ evidence, corrections }: Material): Pick<Interval, 'knownAt' | 'knownUntil'>[] {
  const moments = new Set(evidence.map((e) => e.knownAt))
  const first = [...moments].sort()[0]
  if (first === undefined) return []
  for (const { basis, knownAt } of corrections) {
    if (basis === 'SOURCE_CHANGED' && knownAt > first) moments.add(knownAt)
  }
  const ordered = [...moments].sort()
  return ordered.map((knownAt, i) => ({ knownAt, knownUntil: ordered[i + 1] ?? null }))
}

/** The content as publicly known at a moment, by which it must have been told. */
export function fold({ kind, evidence, corrections, enclosing, names = [] }: Material, moment: string): Content {
  const known = evidence.filter((e) => e.knownAt <= moment).sort(byPublication)
  const applied = corrections.filter((c) => holdsAt(c, moment))
  const believed = known.filter((e) => e.retracted === undefined)
  const comparison: Comparison = { kind, enclosing }

  const keyOf = citationKeys(known)
  const citations = unique(
    known.flatMap((e) => citationsOf(e, keyOf(e))),
    (c) => c.key,
  )
  const byKey = new Map(citations.map((c) => [c.key, c]))
  const cited = (key: string) => byKey.get(key) as Citation
  const provenance: Provenance = { source: (key) => sourceOf(cited(key)), report: (key) => cited(key).report }

  let claims = distinct(known.flatMap((e) => claimsOf(e, keyOf(e))))
  for (const { changes, reason } of applied) {
    for (const change of changes) claims = distinct(applyChange(claims, change, reason, provenance.report))
  }
  const retracted = new Map(known.flatMap((e) => (e.retracted === undefined ? [] : [[e.report, e.retracted]])))
  if (retracted.size > 0) claims = claims.map((c) => setAside(c, retracted.get(provenance.report(c.citation))))

  let standing = settle(claims, provenance, comparison)
  if (isBrokenHope(standing)) standing = settle(claims.filter(isNotBroken), provenance, comparison)
  const status = standing.find('STATUS', '')?.value.status ?? null
  const milestones = milestonesOf(kind, claims, standing, status)
  const editorial = [...believed.map((e) => e.account), ...applied]
  return {
    headline: editorial.findLast((e) => e.headline !== undefined)?.headline as string,
    summary: editorial.findLast((e) => e.summary !== undefined)?.summary ?? null,
    // What has no date of its own is dated by the last step of its lifecycle.
    when: standing.find('WHEN', '')?.value.when ?? milestones.at(-1)?.when ?? null,
    place: standing.find('PLACE', '')?.value.place ?? null,
    status,
    participants: participantsOf(standing),
    milestones,
    claims: claims.map((claim) => ({ ...claim, standing: standing.holds(claim) })),
    citations,
    disagreements: disagreements(claims, provenance, comparison),
    links: unique(
      believed.flatMap((e) => e.account.links).filter(({ to }) => !names.includes(to)),
      canonical,
    ),
    detail: detailOf(kind, standing, status),
  }
}

type KeyOf = (passage: string) => string

/** The record's keys of all passages: where two dispatches of a report give one key to different passages, both stay. */
function citationKeys(known: readonly Evidence[]): (evidence: Evidence) => KeyOf {
  const taken = new Map<string, object>()
  const keys = new Map<Evidence, Map<string, string>>()
  for (const evidence of known) {
    const own = new Map<string, string>()
    for (const { key, ...passage } of evidence.account.citations) {
      const base = `${evidence.report}#${key}`
      let free = base
      for (let n = 2; differs(taken.get(free), passage); n++) free = `${base}.${n}`
      taken.set(free, passage)
      own.set(key, free)
    }
    keys.set(evidence, own)
  }
  return (evidence) => (passage) => keys.get(evidence)?.get(passage) as string
}

function differs(held: object | undefined, passage: object): boolean {
  return held !== undefined && canonical(held) !== canonical(passage)
}

function citationsOf({ report, outlet, account, retracted }: Evidence, keyOf: KeyOf): Citation[] {
  const from = { report, outlet, ...(retracted !== undefined && { retracted: true as const }) }
  return account.citations.map((passage) => ({ ...passage, key: keyOf(passage.key), ...from }))
}

/** What a retracted report claims stays visible, and no editor's word for it outlives the report. */
function setAside(claim: Claim, retraction: string | undefined): Claim {
  if (retraction === undefined || claim.rank === 'DEPRECATED') return claim
  return { ...claim, rank: 'DEPRECATED', rankReason: retraction }
}

function claimsOf({ account }: Evidence, citationKey: KeyOf): Claim[] {
  const { claims, ...drafts } = draft(account.citations, citationKey)
  if (account.when !== undefined) {
    const { citation, ...when } = account.when
    drafts.add('WHEN', '', { when }, { citation })
  }
  drafts.add('PLACE', '', account.place === undefined ? undefined : { place: account.place }, {})
  for (const { actor, role, citation, ...appearance } of account.participants) {
    drafts.actor(role, { id: actor, ...appearance }, { citation })
  }
  for (const milestone of account.milestones) {
    drafts.add('STATUS', '', { status: milestone.status }, milestone)
    drafts.add('WHEN', `milestone/${milestone.status}`, milestone.when && { when: milestone.when }, milestone)
  }
  draftDetail(account, drafts)
  for (const { key, claimant, citation, ...figure } of account.figures) {
    const cited = drafts.cite({ citation })
    claims.push({
      aspect: 'FIGURE',
      key: key ?? figure.measure,
      value: { figure },
      negated: false,
      rank: 'NORMAL',
      ...cited,
      claimant: claimant ?? cited.claimant,
    })
  }
  for (const { claimant, citation, ...claim } of account.claims) {
    const cited = drafts.cite({ citation })
    claims.push({ ...claim, ...cited, claimant: claimant ?? cited.claimant })
  }
  return claims
}

/** The steps that lead to the standing status; what lies off that path stays a claim. */
function milestonesOf(
  kind: Kind,
  claims: readonly Claim[],
  standing: Standing,
  status: Status | null,
): readonly Milestone[] {
  if (status === null) return []
  const steps = claims.filter(
    (c) =>
      c.aspect === 'STATUS' &&
      c.key === '' &&
      !c.negated &&
      c.rank !== 'DEPRECATED' &&
      'status' in c.value &&
      c.value.status !== status &&
      leadsTo(kind, c.value.status, status),
  )
  const last = standing.find('STATUS', '') as unknown as Claim
  const taken = unique([...steps, last], (c) => canonical(c.value))
  // In the order of the lifecycle; the last one taken is last also where it can be taken again.
  const rank = (claim: Claim) => (claim === last ? Number.POSITIVE_INFINITY : statusesOf(kind).indexOf(statusOf(claim)))
  taken.sort((a, b) => rank(a) - rank(b))
  return taken.map((claim) => ({
    status: statusOf(claim),
    when: standing.find('WHEN', `milestone/${statusOf(claim)}`)?.value.when ?? null,
    citation: claim.citation,
  }))
}

function statusOf(claim: Claim): Status {
  return (claim.value as { status: Status }).status
}

/** Who takes part: the standing actors of each role; who releases and receives in a leg takes part as such. */
function participantsOf(standing: Standing): Participation[] {
  const isRole = (key: string): key is Role => (roles as readonly string[]).includes(key)
  const named = standing.all('PARTICIPANT').flatMap((claim): Participation[] => {
    const { actor } = claim.value
    const leg = /^leg\/[^/]+\/(RELEASER|RECEIVER)$/.exec(claim.key)?.[1] as Role | undefined
    const role = isRole(claim.key) ? claim.key : leg
    return role === undefined ? [] : [{ ...actor, role, citation: claim.citation }]
  })
  return unique(named, ({ id, role, onBehalfOf }) => JSON.stringify([id, role, onBehalfOf]))
}

/** Each claim once. Most are the only one of their aspect, key and passage: those need no look at the value. */
function distinct(claims: readonly Claim[]): Claim[] {
  const passageKey = ({ aspect, key, citation }: Claim) => `${aspect} ${key} ${citation}`
  const alike = new Map<string, number>()
  for (const claim of claims) alike.set(passageKey(claim), (alike.get(passageKey(claim)) ?? 0) + 1)
  return unique(claims, (claim) => {
    const key = passageKey(claim)
    return alike.get(key) === 1 ? key : claimKey(claim)
  })
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Map<string, T>()
  for (const item of items) {
    const key = keyOf(item)
    if (!seen.has(key)) seen.set(key, item)
  }
  return [...seen.values()]
}
