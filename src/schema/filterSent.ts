import type { AgreementStage } from '../domain/agreement.ts'
import type { Aspect, Relation } from '../domain/claim.ts'
import type { ExchangeForm } from '../domain/exchange.ts'
import type { WindowMatch } from '../domain/filter.ts'
import type { Box, Circle } from '../domain/geography.ts'
import type { IncidentStanding, IncidentType } from '../domain/incident.ts'
import type { Kind } from '../domain/kind.ts'
import type { LinkType } from '../domain/link.ts'
import type { Strength } from '../domain/pledge.ts'
import type { Response } from '../domain/response.ts'
import type { Role } from '../domain/role.ts'
import type { Issue, SpeechAct } from '../domain/statement.ts'
import type { Status } from '../domain/status.ts'
import type { TalkExtent, TalkFormat, TalkLevel, TalkTrack } from '../domain/talk.ts'
import type { Precision } from '../domain/when.ts'

/** Every member optional, and null as if it was left out: so GraphQL sends input. */
type Sent<T> = { readonly [M in keyof T]?: T[M] | null | undefined }

export type SentWindow = Sent<{ from: Date; to: Date }>
export type SentActor = { readonly actor: string } & Sent<{ role: readonly Role[] }>
export type SentLink = Sent<{ type: readonly LinkType[]; to: readonly string[] }>
export type SentDisagreement = Sent<{ aspect: readonly Aspect[]; relation: readonly Relation[] }>
export type SentInvitation = Sent<{ actor: readonly string[]; response: readonly Response[] }>
export type SentStatement = Sent<{ act: readonly SpeechAct[]; issue: readonly Issue[] }>
export type SentTalk = Sent<{
  extent: readonly TalkExtent[]
  format: readonly TalkFormat[]
  track: readonly TalkTrack[]
  level: readonly TalkLevel[]
  invitation: SentInvitation
}>
export type SentExchange = Sent<{ form: readonly ExchangeForm[] }>
export type SentPledge = Sent<{ strength: readonly Strength[]; open: boolean }>
export type SentAgreement = Sent<{ stage: readonly AgreementStage[] }>
export type SentIncident = Sent<{ type: readonly IncidentType[]; standing: readonly IncidentStanding[] }>

/** A filter as it is sent. */
export interface SentFilter
  extends Sent<{
    and: readonly SentFilter[]
    or: readonly SentFilter[]
    not: SentFilter
    ref: readonly string[]
    process: readonly string[]
    kind: readonly Kind[]
    status: readonly Status[]
    actor: readonly SentActor[]
    mediator: readonly string[]
    outlet: readonly string[]
    report: readonly string[]
    when: SentWindow & Sent<{ match: WindowMatch }>
    precision: readonly Precision[]
    place: readonly string[]
    country: readonly string[]
    near: Circle
    box: Box
    knownAt: SentWindow
    reportsAtLeast: number
    independentSourcesAtLeast: number
    disagreement: SentDisagreement
    link: SentLink
    statement: SentStatement
    talk: SentTalk
    exchange: SentExchange
    pledge: SentPledge
    agreement: SentAgreement
    incident: SentIncident
  }> {}
