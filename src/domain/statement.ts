import type { Draft } from './draft.ts'
import type { Cited } from './passage.ts'
import type { Standing } from './standing.ts'

/** What a statement does, coarser than PLOVER's modes: its own words decide, not ours. */
export const speechActs = [
  'ANNOUNCE',
  'SUPPORT',
  'AGREE',
  'OFFER',
  'REQUEST',
  'REJECT',
  'ACCUSE',
  'DENY',
  'THREATEN',
  'EXPECT',
  'REMARK',
] as const
export type SpeechAct = (typeof speechActs)[number]

/** JOINT: issued together; COLLECTIVE: one word pinned on several powers at once by a report. */
export const issues = ['SINGLE', 'JOINT', 'COLLECTIVE'] as const
export type Issue = (typeof issues)[number]

export interface StatementAccount {
  readonly kind: 'STATEMENT'
  readonly act: SpeechAct
  readonly issue: Issue
  readonly channel?: string | undefined
  readonly gist?: string | undefined
  readonly passages: readonly ({
    readonly key: string
    readonly quotation: string
    readonly speaker?: string | undefined
  } & Cited)[]
}

export interface StatementDetail {
  readonly act: SpeechAct
  readonly issue: Issue
  readonly channel: string | null
  readonly gist: string | null
}

export function draftStatement(account: StatementAccount, draft: Draft): void {
  draft.text('act', account.act, {})
  draft.text('issue', account.issue, {})
  draft.text('channel', account.channel, {})
  draft.text('gist', account.gist, {})
  for (const passage of account.passages) {
    draft.add('WORDING', passage.key, { text: passage.quotation }, passage)
    if (passage.speaker !== undefined) draft.actor(`passage/${passage.key}/SPEAKER`, { id: passage.speaker }, passage)
  }
}

export function statementDetail(standing: Standing): StatementDetail {
  return {
    act: (standing.text('act') ?? 'REMARK') as SpeechAct,
    issue: (standing.text('issue') ?? 'SINGLE') as Issue,
    channel: standing.text('channel') ?? null,
    gist: standing.text('gist') ?? null,
  }
}
