import type { Draft } from './draft.ts'
import type { Cited } from './passage.ts'
import type { Response } from './response.ts'
import type { Standing } from './standing.ts'
import type { Status } from './status.ts'
import type { When } from './when.ts'

export const talkExtents = ['MEETING', 'ROUND', 'SERIES'] as const
export type TalkExtent = (typeof talkExtents)[number]

export const talkFormats = ['DIRECT', 'MEDIATED', 'PROXIMITY'] as const
export type TalkFormat = (typeof talkFormats)[number]

/** Diplomacy's tracks: ONE between officials, TWO between private persons, ONE_AND_A_HALF mixed. */
export const talkTracks = ['ONE', 'ONE_AND_A_HALF', 'TWO'] as const
export type TalkTrack = (typeof talkTracks)[number]

export const talkLevels = ['LEADERS', 'MINISTERS', 'OFFICIALS'] as const
export type TalkLevel = (typeof talkLevels)[number]

/** The statuses of a talk, or of a series of talks, that took place: parties met. */
export const heldTalk: readonly Status[] = ['HELD', 'ONGOING', 'STALLED', 'CONCLUDED']

export interface TalkAccount {
  readonly kind: 'TALK'
  readonly extent: TalkExtent
  readonly format?: TalkFormat | undefined
  readonly track?: TalkTrack | undefined
  readonly level?: TalkLevel | undefined
  readonly topic?: string | undefined
  readonly outcome?: string | undefined
  readonly invitations: readonly ({
    readonly invitee: string
    readonly invitedBy?: string | undefined
    readonly respondedBy?: string | undefined
    readonly response: Response
    readonly reason?: string | undefined
    readonly when?: When | undefined
  } & Cited)[]
}

/** Who was invited by whom, how it responded and the reason that was given. */
export interface Invitation {
  readonly invitee: string
  readonly invitedBy: string | null
  readonly respondedBy: string | null
  readonly response: Response
  readonly reason: string | null
  readonly when: When | null
  readonly citation: string
}

export interface TalkDetail {
  readonly extent: TalkExtent
  readonly format: TalkFormat | null
  readonly track: TalkTrack | null
  readonly level: TalkLevel | null
  readonly topic: string | null
  readonly outcome: string | null
  readonly invitations: readonly Invitation[]
}

export function draftTalk(account: TalkAccount, draft: Draft): void {
  for (const key of ['extent', 'format', 'track', 'level', 'topic', 'outcome'] as const) {
    draft.text(key, account[key], {})
  }
  for (const invitation of account.invitations) {
    const key = invitation.invitee
    draft.add('RESPONSE', key, { response: invitation.response }, invitation)
    draft.add('REASON', key, invitation.reason === undefined ? undefined : { text: invitation.reason }, invitation)
    draft.add('WHEN', `invitation/${key}`, invitation.when && { when: invitation.when }, invitation)
    if (invitation.invitedBy) draft.actor(`invitation/${key}/INVITER`, { id: invitation.invitedBy }, invitation)
    const { respondedBy } = invitation
    // Who answers for the invited party acts for it.
    const onBehalfOf = respondedBy === key ? undefined : key
    if (respondedBy) draft.actor(`invitation/${key}/RESPONDER`, { id: respondedBy, onBehalfOf }, invitation)
  }
}

export function talkDetail(standing: Standing): TalkDetail {
  return {
    extent: (standing.text('extent') ?? 'MEETING') as TalkExtent,
    format: (standing.text('format') ?? null) as TalkFormat | null,
    track: (standing.text('track') ?? null) as TalkTrack | null,
    level: (standing.text('level') ?? null) as TalkLevel | null,
    topic: standing.text('topic') ?? null,
    outcome: standing.text('outcome') ?? null,
    invitations: standing.all('RESPONSE').map(({ key: invitee, value, citation }) => ({
      invitee,
      invitedBy: standing.actors(`invitation/${invitee}/INVITER`)[0]?.id ?? null,
      respondedBy: standing.actors(`invitation/${invitee}/RESPONDER`)[0]?.id ?? null,
      response: value.response,
      reason: standing.find('REASON', invitee)?.value.text ?? null,
      when: standing.find('WHEN', `invitation/${invitee}`)?.value.when ?? null,
      citation,
    })),
  }
}
