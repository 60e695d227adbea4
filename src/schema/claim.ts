import type { MaybePromise } from '@pothos/core'
import type { Appearance, Aspect, Rank, Relation, Value } from '../domain/claim.ts'
import { corroboration, sayingOf } from '../domain/corroboration.ts'
import type { Figure } from '../domain/figure.ts'
import type { Response } from '../domain/response.ts'
import type { Status } from '../domain/status.ts'
import { valueText } from '../domain/valueText.ts'
import type { When } from '../domain/when.ts'
import type { ChildRows } from '../store/childRows.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { childrenOf } from './child.ts'
import { CitationRef, citationOf, sourceOfCitation } from './citation.ts'
import { codes } from './code.ts'
import type { Context } from './context.ts'
import { FigureRef } from './figure.ts'
import { identityOf, identityRow } from './identity.ts'
import { onceRead } from './kept.ts'
import { ResponseRef } from './response.ts'
import { StatusRef } from './status.ts'
import { WhenRef } from './when.ts'

export const AspectRef = codes<Aspect>('Aspect', 'What of a development a claim speaks of.', {
  FIGURE: 'A number.',
  WORDING: 'The words of a passage.',
  PARTICIPANT: 'Who takes part; the key is the role.',
  RESPONSE: 'How an invited party responded; the key is the party.',
  REASON: 'Why it responded so; the key is the party.',
  WHEN: 'When it happened; the key names a step ("milestone/AGREED"), empty: the development itself.',
  DUE: 'By when a pledge is due.',
  PLACE: 'Where it happened.',
  STATUS: 'How far it has come.',
  CONTENT: 'What it says or holds; the key names the field.',
  OFFICE: 'Which office a person holds; the key is the person.',
  HELD_SINCE: 'Since when prisoners were held; the key is the leg or group.',
})

const RankRef = codes<Rank>('Rank', "An editor's word on a claim.", {
  PREFERRED: 'An editor puts it before the others.',
  NORMAL: 'The rule decides.',
  DEPRECATED: 'An editor set it aside; it stays visible, with the reason.',
})

export const RelationRef = codes<Relation>('Relation', 'How versions of one thing stand to each other.', {
  CONTRADICTS: 'They cannot all be true.',
  DIFFERS: 'One is coarser or narrower, or they are worded differently.',
})

// Each member of the union carries what resolves it, under the name of the member.
const PlaceValue = builder.objectRef<{ place: { id: string; name: string } }>('PlaceValue').implement({
  description: 'A claimed place.',
  fields: (t) => ({
    ref: t.string({ description: 'The place’s id.', resolve: ({ place }) => place.id }),
    name: t.string({ description: 'Its name.', resolve: ({ place }) => place.name }),
  }),
})

const ActorValue = builder.objectRef<{ actor: Appearance; name: string }>('ActorValue').implement({
  description: 'An actor as a report puts it into a role.',
  fields: (t) => ({
    ref: t.string({ description: 'The actor’s id.', resolve: ({ actor }) => actor.id }),
    name: t.exposeString('name', { description: 'Its name.' }),
    onBehalfOf: t.string({
      nullable: true,
      description: 'Id of the actor for whom it acted.',
      resolve: ({ actor }) => actor.onBehalfOf,
    }),
    capacity: t.string({ nullable: true, description: 'In which office.', resolve: ({ actor }) => actor.capacity }),
    asReported: t.string({
      nullable: true,
      description: "The report's words for it.",
      resolve: ({ actor }) => actor.asReported,
    }),
    anonymous: t.boolean({
      description: 'An unnamed official of it.',
      resolve: ({ actor }) => actor.anonymous ?? false,
    }),
  }),
})

const StatusValue = builder.objectRef<{ status: Status }>('StatusValue').implement({
  description: 'A claimed status.',
  fields: (t) => ({ status: t.expose('status', { type: StatusRef, description: 'How far it has come.' }) }),
})

const ResponseValue = builder.objectRef<{ response: Response }>('ResponseValue').implement({
  description: 'A claimed response.',
  fields: (t) => ({ response: t.expose('response', { type: ResponseRef, description: 'How the party responded.' }) }),
})

const TextValue = builder.objectRef<{ text: string }>('TextValue').implement({
  description: 'A claimed wording, reason, office or other text.',
  fields: (t) => ({ text: t.exposeString('text', { description: 'The text.' }) }),
})

const valueTypes = {
  figure: 'Figure',
  when: 'When',
  actor: 'ActorValue',
  place: 'PlaceValue',
  status: 'StatusValue',
  response: 'ResponseValue',
  text: 'TextValue',
} as const

const ClaimValue = builder.unionType('ClaimValue', {
  description: 'What is claimed; which member it is follows from the aspect.',
  types: [FigureRef, WhenRef, ActorValue, PlaceValue, StatusValue, ResponseValue, TextValue],
  resolveType: (value) => {
    if ('measure' in value) return 'Figure'
    if ('precision' in value) return 'When'
    const member = (Object.keys(valueTypes) as (keyof typeof valueTypes)[]).find((name) => name in value)
    return member && valueTypes[member]
  },
})

export type ClaimRow = ChildRows['Claim']

/** One report's value for one aspect of a development. */
export const ClaimRef = builder.objectRef<ClaimRow>('Claim').implement({
  description: "One report's value for one aspect of a development.",
  fields: (t) => ({
    aspect: t.expose('aspect', { type: AspectRef, description: 'What of the development it speaks of.' }),
    key: t.exposeString('key', {
      description: 'Which one within the aspect: a role, a leg, a passage; empty where there is only one.',
    }),
    value: t.field({
      type: ClaimValue,
      description: 'What is claimed, typed.',
      resolve: async ({ value, actorId, placeId }, _args, context) => {
        const actor = await identityRow(context, 'Actor', actorId)
        return member(value, actor?.name, await identityRow(context, 'Place', placeId))
      },
    }),
    text: t.string({
      description: 'What is claimed, as a reader would write it: "more than 100,000", "7 December 2023".',
      resolve: (claim, _args, context) => claimText(context, claim),
    }),
    standing: t.exposeBoolean('standing', { description: "The development's own fields hold this value." }),
    negated: t.exposeBoolean('negated', { description: 'The report denies the value.' }),
    rank: t.expose('rank', { type: RankRef, description: "An editor's word on it." }),
    rankReason: t.exposeString('rankReason', { nullable: true, description: 'Why the editor ranked or replaced it.' }),
    judgement: t.expose('judgement', {
      type: RelationRef,
      nullable: true,
      description: 'An editor’s word on how it stands to the other versions, where no rule can compare them.',
    }),
    claimant: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Whose claim the report says it is; null: its own.',
      resolve: ({ claimantId }, _args, context, info) => identityOf(context, info, 'Actor', claimantId),
    }),
    citation: t.field({
      type: CitationRef,
      description: 'The passage that carries it.',
      resolve: (claim, _args, context) => citationOf(context, claim),
    }),
    independentSourceCount: t.int({
      description:
        'How many independent sources say the same of this development: passages that repeat one agency text count once. 0: an editor set aside all that say so.',
      resolve: async (claim, _args, context) => (await supportIn(context, claim)).get(sayingOf(claim)) ?? 0,
    }),
  }),
})

/** What is claimed, as a reader would write it, without a denial's "not". */
export function claimText(context: Context, { value, actorId, placeId }: ClaimRow): MaybePromise<string> {
  // A value names one of them at the most.
  const named = actorId === null ? identityRow(context, 'Place', placeId) : identityRow(context, 'Actor', actorId)
  return onceRead<{ readonly name: string } | null, string>(named, (row) => valueText(value, row?.name))
}

const counted = new WeakMap<readonly ClaimRow[], Promise<ReadonlyMap<string, number>>>()

/** How many independent sources support each thing that is said where a claim stands; counted once for all of them. */
async function supportIn(context: Context, { position }: ClaimRow): Promise<ReadonlyMap<string, number>> {
  const claims = await childrenOf(context, 'Claim', position)
  const known = counted.get(claims) ?? count(context, claims)
  counted.set(claims, known)
  return known
}

async function count(context: Context, claims: readonly ClaimRow[]): Promise<ReadonlyMap<string, number>> {
  const source = async (claim: ClaimRow) => sourceOfCitation(context, await citationOf(context, claim))
  const sources = new Map(await Promise.all(claims.map(async (claim) => [claim, await source(claim)] as const)))
  return corroboration(claims, (claim) => sources.get(claim) as string)
}

function member(value: Value, actorName: string | undefined, place: { id: string; name: string } | null) {
  if ('figure' in value) return value.figure as Figure
  if ('when' in value) return value.when as When
  if ('actor' in value) return { actor: value.actor, name: actorName ?? value.actor.id }
  if ('place' in value) return { place: place ?? { id: value.place, name: value.place } }
  return value
}
