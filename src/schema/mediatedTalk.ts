import type { GraphQLResolveInfo } from 'graphql'
import type { Status } from '../domain/status.ts'
import { heldTalk } from '../domain/talk.ts'
import { listParts, type Part } from '../store/mediation.ts'
import { listParties, type PartyRow } from '../store/partyList.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { presentIdentity } from './identity.ts'
import { loadDevelopments } from './loadDevelopment.ts'
import { type Mediator, MediatorRef, ofMediators } from './mediator.ts'
import { StatusRef } from './status.ts'
import { TalkRef } from './talk.ts'

const TalkCountRef = builder.objectRef<readonly Part[]>('MediatedTalkCount').implement({
  description: 'Talks of one mediator at one status.',
  fields: (t) => ({
    status: t.field({
      type: StatusRef,
      nullable: true,
      description: 'How far they have come. Null: no report says.',
      resolve: (parts) => parts[0]?.status ?? null,
    }),
    count: t.int({
      description: 'How many, within the window if there is one, or possibly within.',
      resolve: (parts) => parts.length,
    }),
    certainCount: t.int({
      description: 'How many of them can have been at no other time than within the window.',
      resolve: (parts) => parts.filter(({ certain }) => certain).length,
    }),
    talks: t.field({
      type: [TalkRef],
      description: 'The talks, oldest first.',
      resolve: (parts, _args, context) => loadDevelopments(context, positions(parts)),
    }),
  }),
})

const PartyRef = builder.objectRef<readonly PartyRow[]>('MediatedParty').implement({
  description:
    'A party to the talks of a mediator: who took part, or was to, as PARTY, or was invited. Who acts for a state counts as that state.',
  fields: (t) => ({
    party: t.field({
      type: ActorRef,
      description: 'The party.',
      resolve: (rows, _args, context, info) => presentIdentity(context, info, 'Actor', rows[0]?.party as string),
    }),
    metCount: t.int({
      description: 'In how many talks it was met: talks that took place, and to which it came.',
      resolve: (rows) => rows.filter(isMet).length,
    }),
    declinedCount: t.int({
      description: 'To how many talks it declined to come, or from how many it withdrew.',
      resolve: (rows) => rows.filter(({ declined }) => declined).length,
    }),
    otherCount: t.int({
      description: 'To how many talks it was to come that did not take place, or not yet, without its refusal.',
      resolve: (rows) => rows.filter((row) => !isMet(row) && !row.declined).length,
    }),
    met: t.field({
      type: [TalkRef],
      description: 'The talks in which it was met, oldest first.',
      resolve: (rows, _args, context) => loadDevelopments(context, positions(rows.filter(isMet))),
    }),
    declined: t.field({
      type: [TalkRef],
      description: 'The talks to which it declined to come or from which it withdrew, oldest first.',
      resolve: (rows, _args, context) => loadDevelopments(context, positions(rows.filter(({ declined }) => declined))),
    }),
  }),
})

/** What a party did not refuse and what took place: there it was met. */
function isMet({ status, declined }: PartyRow): boolean {
  return !declined && status !== null && heldTalk.includes(status)
}

const partsOf = ofMediators<Part>()
const partiesOf = ofMediators<PartyRow>()

builder.objectFields(MediatorRef, (t) => ({
  talks: t.field({
    type: [TalkRef],
    description: 'The talks that it mediated or was to mediate, oldest first.',
    args: { status: t.arg({ type: [StatusRef], description: 'Only talks at any of these statuses.' }) },
    resolve: async (mediator, { status }, context, info) => {
      const parts = await talksOf(mediator, context, info)
      const wanted = parts.filter((part) => status == null || (part.status !== null && status.includes(part.status)))
      return loadDevelopments(context, positions(wanted))
    },
  }),
  talksByStatus: t.field({
    type: [TalkCountRef],
    description: 'The talks that it mediated or was to mediate, by how far they have come.',
    resolve: async (mediator, _args, context, info) =>
      grouped(await talksOf(mediator, context, info), ({ status }: { status: Status | null }) => status),
  }),
  parties: t.field({
    type: [PartyRef],
    description: 'Whom it met in its talks or was to meet, by ref; `metCount` is of talks that took place only.',
    resolve: async (mediator, _args, context, info) => {
      const rows = await partiesOf(mediator, context, info, 'parties', (viewpoint, question) =>
        listParties(context.database.pool, viewpoint, question),
      )
      return grouped(rows, ({ party }) => party)
    },
  }),
}))

function talksOf(mediator: Mediator, context: Context, info: GraphQLResolveInfo): Promise<Part[]> {
  return partsOf(mediator, context, info, 'talks', (viewpoint, question) =>
    listParts(context.database.pool, viewpoint, { ...question, role: 'MEDIATOR', kind: 'TALK' }),
  )
}

function positions(rows: readonly { readonly position: number }[]): number[] {
  return rows.map(({ position }) => position)
}

/** The rows by what `of` says of them, in the order in which that first occurs. */
function grouped<Row>(rows: readonly Row[], of: (row: Row) => string | null): Row[][] {
  const groups = new Map<string | null, Row[]>()
  for (const row of rows) groups.set(of(row), [...(groups.get(of(row)) ?? []), row])
  return [...groups.values()]
}
