import { canonical } from './canonical.ts'
import type { Figure } from './figure.ts'
import type { Response } from './response.ts'
import type { Status } from './status.ts'
import type { When } from './when.ts'

/** What of a development a claim speaks of. */
export const aspects = [
  'FIGURE',
  'WORDING',
  'PARTICIPANT',
  'RESPONSE',
  'REASON',
  'WHEN',
  'DUE',
  'PLACE',
  'STATUS',
  'CONTENT',
  'OFFICE',
  'HELD_SINCE',
] as const
export type Aspect = (typeof aspects)[number]

export const ranks = ['PREFERRED', 'NORMAL', 'DEPRECATED'] as const
export type Rank = (typeof ranks)[number]

/** CONTRADICTS: both cannot be true. DIFFERS: coarser, narrower, or told in other words. */
export const relations = ['CONTRADICTS', 'DIFFERS'] as const
export type Relation = (typeof relations)[number]

/** An actor as a report puts it into a role. */
export interface Appearance {
  readonly id: string
  /** For whom it acted: who acts for a state answers for the state. */
  readonly onBehalfOf?: string | undefined
  readonly capacity?: string | undefined
  readonly asReported?: string | undefined
  /** An unnamed official of that organisation. */
  readonly anonymous?: boolean | undefined
}

/** A claim's typed value: exactly one of these. */
export type Value =
  | { readonly figure: Figure }
  | { readonly when: When }
  | { readonly actor: Appearance }
  | { readonly place: string }
  | { readonly status: Status }
  | { readonly response: Response }
  | { readonly text: string }

/** The member of `Value` that each aspect takes. */
export const valueMember = {
  FIGURE: 'figure',
  WORDING: 'text',
  PARTICIPANT: 'actor',
  RESPONSE: 'response',
  REASON: 'text',
  WHEN: 'when',
  DUE: 'when',
  PLACE: 'place',
  STATUS: 'status',
  CONTENT: 'text',
  OFFICE: 'text',
  HELD_SINCE: 'when',
} as const satisfies Record<Aspect, string>

/** One report's value for one aspect of a development. */
export interface Claim {
  readonly aspect: Aspect
  /** Which one within the aspect: a role, a leg, a passage, a measure; empty where there is only one. */
  readonly key: string
  readonly value: Value
  readonly negated: boolean
  readonly rank: Rank
  readonly rankReason?: string | undefined
  /** The editor's word on how this value stands to the others, where no rule can compare them. */
  readonly judgement?: Relation | undefined
  readonly claimant?: string | undefined
  /** Key of the citation that carries it. */
  readonly citation: string
}

/** What makes two values the same value: how a report put it does not count, nor how far the number had come. */
export function identity(value: Value): string {
  let known = identities.get(value)
  if (known === undefined) {
    known = identityOf(value)
    identities.set(value, known)
  }
  return known
}

// Every claim is compared with many others, and its value never changes.
const identities = new WeakMap<Value, string>()

function identityOf(value: Value): string {
  if ('figure' in value) {
    const { asReported: _, stage: __, ...figure } = value.figure
    return canonical(figure)
  }
  if ('when' in value) {
    const { earliest, latest } = value.when
    return JSON.stringify({ earliest, latest })
  }
  if ('actor' in value) {
    const { id, onBehalfOf, anonymous } = value.actor
    return JSON.stringify({ anonymous: anonymous || undefined, id, onBehalfOf })
  }
  if ('text' in value) return value.text.normalize('NFC').replace(/\s+/g, ' ').trim()
  return JSON.stringify(value)
}

/** The natural key: one report may contradict itself, so it includes the value and the passage. */
export function claimKey(claim: Claim): string {
  const { aspect, key, negated, claimant, citation } = claim
  return canonical([aspect, key, canonical(claim.value), negated, claimant, citation])
}
