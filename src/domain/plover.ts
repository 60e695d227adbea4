import type { AgreementStage } from './agreement.ts'
import type { IncidentType } from './incident.ts'
import type { Kind } from './kind.ts'
import type { Strength } from './pledge.ts'
import type { Role } from './role.ts'
import type { SpeechAct } from './statement.ts'
import type { Status } from './status.ts'

/** PLOVER manual (2021), "Event types": the sixteen, from verbal cooperation to material conflict. */
export const ploverTypes = [
  'AGREE',
  'CONSULT',
  'SUPPORT',
  'CONCEDE',
  'COOPERATE',
  'AID',
  'RETREAT',
  'REQUEST',
  'ACCUSE',
  'REJECT',
  'THREATEN',
  'PROTEST',
  'SANCTION',
  'MOBILIZE',
  'COERCE',
  'ASSAULT',
] as const
export type PloverType = (typeof ploverTypes)[number]

/** PLOVER manual (2021), the modes that can be told from what the record holds; the others need a coder's reading. */
export const ploverModes = [
  'THIRD_PARTY',
  'MEET',
  'YIELD',
  'RELEASE',
  'DISARM',
  'CEASEFIRE',
  'DISAPPROVE',
  'ARREST',
] as const
export type PloverMode = (typeof ploverModes)[number]

/** PLOVER manual (2021), the four classes of event types. */
export const quadClasses = [
  'VERBAL_COOPERATION',
  'MATERIAL_COOPERATION',
  'VERBAL_CONFLICT',
  'MATERIAL_CONFLICT',
] as const
export type QuadClass = (typeof quadClasses)[number]

export interface PloverCode {
  readonly type: PloverType
  /** Null: PLOVER has none for the type, or the record does not tell which. */
  readonly mode: PloverMode | null
}

/** What the code is made from. */
export interface Codable {
  readonly kind: Kind
  readonly status: Status | null
  readonly act?: SpeechAct | null | undefined
  readonly stage?: AgreementStage | null | undefined
  readonly strength?: Strength | null | undefined
  readonly type?: IncidentType | null | undefined
  readonly actors: readonly { readonly id: string; readonly role: Role; readonly onBehalfOf: string | null }[]
}

/**
 * The PLOVER event type and mode of a development; null where PLOVER codes nothing: mere comment, hopes, what has no
 * status yet, and what it has no type for.
 *
 * | development | PLOVER |
 * |---|---|
 * | statement | SUPPORT, AGREE (also of an OFFER), REQUEST, REJECT, ACCUSE disapprove, THREATEN, by its act |
 * | talk | proposed REQUEST meet; scheduled AGREE; held, ongoing, concluded CONSULT, hosted by no party third-party; cancelled REJECT meet |
 * | exchange | agreed on AGREE; carried out, also in part, RETREAT release; cancelled or failed REJECT yield |
 * | pledge | AGREE: it promises, whatever became of it |
 * | agreement | on the way AGREE; signed, in force or over SUPPORT; a ceasefire CONCEDE, in force or over RETREAT ceasefire |
 * | incident | its type; hostilities ASSAULT, surrender RETREAT disarm, detention COERCE arrest |
 */
export function ploverOf(development: Codable): PloverCode | null {
  const { kind, status, act, strength, type } = development
  switch (kind) {
    case 'STATEMENT':
      return act == null ? null : acts[act]
    case 'TALK':
      return talkCode(development)
    case 'EXCHANGE':
      return status === null ? null : (exchanges[status] ?? null)
    case 'PLEDGE':
      return strength == null || strength === 'HOPE' ? null : code('AGREE')
    case 'AGREEMENT':
      return agreementCode(development)
    case 'INCIDENT':
      return type == null ? null : incidents[type]
    default:
      return kind satisfies never
  }
}

export const quadClassOf: Readonly<Record<PloverType, QuadClass>> = {
  AGREE: 'VERBAL_COOPERATION',
  CONSULT: 'VERBAL_COOPERATION',
  SUPPORT: 'VERBAL_COOPERATION',
  CONCEDE: 'VERBAL_COOPERATION',
  COOPERATE: 'MATERIAL_COOPERATION',
  AID: 'MATERIAL_COOPERATION',
  RETREAT: 'MATERIAL_COOPERATION',
  REQUEST: 'VERBAL_CONFLICT',
  ACCUSE: 'VERBAL_CONFLICT',
  REJECT: 'VERBAL_CONFLICT',
  THREATEN: 'VERBAL_CONFLICT',
  PROTEST: 'MATERIAL_CONFLICT',
  SANCTION: 'MATERIAL_CONFLICT',
  MOBILIZE: 'MATERIAL_CONFLICT',
  COERCE: 'MATERIAL_CONFLICT',
  ASSAULT: 'MATERIAL_CONFLICT',
}

function code(type: PloverType, mode: PloverMode | null = null): PloverCode {
  return { type, mode }
}

const acts: Readonly<Record<SpeechAct, PloverCode | null>> = {
  // PLOVER codes words only where they change something.
  ANNOUNCE: null,
  EXPECT: null,
  REMARK: null,
  DENY: null,
  SUPPORT: code('SUPPORT'),
  AGREE: code('AGREE'),
  OFFER: code('AGREE'),
  REQUEST: code('REQUEST'),
  REJECT: code('REJECT'),
  ACCUSE: code('ACCUSE', 'DISAPPROVE'),
  THREATEN: code('THREATEN'),
}

function talkCode({ status, actors }: Codable): PloverCode | null {
  switch (status) {
    case 'PROPOSED':
      return code('REQUEST', 'MEET')
    case 'SCHEDULED':
      return code('AGREE')
    case 'HELD':
    case 'ONGOING':
    case 'CONCLUDED':
      return code('CONSULT', isHostedByNoParty(actors) ? 'THIRD_PARTY' : null)
    case 'CANCELLED':
      return code('REJECT', 'MEET')
    default:
      return null
  }
}

function isHostedByNoParty(actors: Codable['actors']): boolean {
  const parties = new Set(actors.flatMap(({ id, role, onBehalfOf }) => (role === 'PARTY' ? [id, onBehalfOf] : [])))
  return actors.some(({ id, role, onBehalfOf }) => role === 'HOST' && !parties.has(onBehalfOf ?? id))
}

const exchanges: Readonly<Partial<Record<Status, PloverCode>>> = {
  PROPOSED: code('AGREE'),
  AGREED: code('AGREE'),
  SCHEDULED: code('AGREE'),
  PARTLY_CARRIED_OUT: code('RETREAT', 'RELEASE'),
  CARRIED_OUT: code('RETREAT', 'RELEASE'),
  CANCELLED: code('REJECT', 'YIELD'),
  FAILED: code('REJECT', 'YIELD'),
}

function agreementCode({ status, stage }: Codable): PloverCode | null {
  const ceasefire = stage === 'CEA'
  switch (status) {
    case null:
      return null
    case 'IN_FORCE':
    case 'EXPIRED':
    case 'ENDED':
      return ceasefire ? code('RETREAT', 'CEASEFIRE') : code('SUPPORT')
    case 'SIGNED':
      return ceasefire ? code('CONCEDE') : code('SUPPORT')
    default:
      return ceasefire ? code('CONCEDE') : code('AGREE')
  }
}

const incidents: Readonly<Record<IncidentType, PloverCode | null>> = {
  ASSAULT: code('ASSAULT'),
  COERCE: code('COERCE'),
  MOBILIZE: code('MOBILIZE'),
  PROTEST: code('PROTEST'),
  SANCTION: code('SANCTION'),
  AID: code('AID'),
  RETREAT: code('RETREAT'),
  HOSTILITIES: code('ASSAULT'),
  SURRENDER: code('RETREAT', 'DISARM'),
  DETENTION: code('COERCE', 'ARREST'),
  DISPLACEMENT: null,
  SECESSION: null,
  OTHER: null,
}
