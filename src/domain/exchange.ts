import type { Draft } from './draft.ts'
import type { Figure, Stage } from './figure.ts'
import type { Cited } from './passage.ts'
import type { Standing } from './standing.ts'
import type { Status } from './status.ts'
import type { When } from './when.ts'

export const exchangeForms = ['RECIPROCAL', 'ONE_SIDED'] as const
export type ExchangeForm = (typeof exchangeForms)[number]

interface Held extends Cited {
  readonly key: string
  readonly count?: Figure | undefined
  readonly category?: string | undefined
  readonly heldSince?: When | undefined
}

export interface ExchangeAccount {
  readonly kind: 'EXCHANGE'
  readonly form: ExchangeForm
  readonly legs: readonly (Held & {
    readonly releasedBy: string
    readonly receivedBy: string
    readonly groups: readonly Held[]
    readonly persons: readonly string[]
  })[]
}

/** Part of a leg that was taken or held apart: "31 + 1". */
export interface LegGroup {
  readonly key: string
  readonly count: Figure | null
  readonly category: string | null
  readonly heldSince: When | null
}

/** Who released how many of whom, to whom, held since when. A null count is an unknown one. */
export interface Leg extends LegGroup {
  readonly releasedBy: string
  readonly receivedBy: string
  readonly groups: readonly LegGroup[]
  /** Names as reported. */
  readonly persons: readonly string[]
  readonly citation: string
}

export interface ExchangeDetail {
  readonly form: ExchangeForm
  readonly legs: readonly Leg[]
}

export function draftExchange(account: ExchangeAccount, draft: Draft): void {
  draft.text('form', account.form, {})
  for (const leg of account.legs) {
    const path = `leg/${leg.key}`
    draft.actor(`${path}/RELEASER`, { id: leg.releasedBy }, leg)
    draft.actor(`${path}/RECEIVER`, { id: leg.receivedBy }, leg)
    draftHeld(path, leg, draft)
    for (const group of leg.groups) {
      const from = group.citation === undefined ? leg : group
      draft.text(`${path}/group/${group.key}`, group.key, from)
      draftHeld(`${path}/group/${group.key}`, { ...group, citation: from.citation }, draft)
    }
    for (const name of leg.persons) draft.text(`${path}/person/${name}`, name, leg)
  }
}

function draftHeld(path: string, held: Held, draft: Draft): void {
  draft.add('FIGURE', path, held.count && { figure: held.count }, held)
  draft.text(`${path}/category`, held.category, held)
  draft.add('HELD_SINCE', path, held.heldSince && { when: held.heldSince }, held)
}

export function exchangeDetail(standing: Standing, status: Status | null): ExchangeDetail {
  // A promised number never shows as a freed one: how far the count has come follows the exchange's own status.
  const isDone = status === 'CARRIED_OUT' || status === 'PARTLY_CARRIED_OUT'
  const stageOf = ({ stage = 'PLEDGED' }: Figure): Stage =>
    !isDone ? 'PLEDGED' : stage === 'PLEDGED' ? 'DELIVERED' : stage
  const held = (path: string): Omit<LegGroup, 'key'> => {
    const count = standing.find('FIGURE', path)?.value.figure
    return {
      count: count === undefined ? null : { ...count, stage: stageOf(count) },
      category: standing.text(`${path}/category`) ?? null,
      heldSince: standing.find('HELD_SINCE', path)?.value.when ?? null,
    }
  }
  const releases = standing.all('PARTICIPANT').flatMap((claim) => {
    const key = /^leg\/([^/]+)\/RELEASER$/.exec(claim.key)?.[1]
    return key === undefined ? [] : [{ key, releasedBy: claim.value.actor.id, citation: claim.citation }]
  })
  return {
    form: (standing.text('form') ?? 'RECIPROCAL') as ExchangeForm,
    legs: releases.map(({ key, releasedBy, citation }) => {
      const path = `leg/${key}`
      const below = (folder: string) => standing.all('CONTENT').filter((c) => c.key.startsWith(`${path}/${folder}/`))
      return {
        key,
        releasedBy,
        receivedBy: standing.actors(`${path}/RECEIVER`)[0]?.id ?? releasedBy,
        ...held(path),
        groups: below('group')
          .filter((c) => c.key.split('/').length === 4)
          .map((c) => ({ key: c.value.text, ...held(c.key) })),
        persons: below('person').map((c) => c.value.text),
        citation,
      }
    }),
  }
}
