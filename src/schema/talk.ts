import { both, type Filter } from '../domain/filter.ts'
import type { Response } from '../domain/response.ts'
import type { TalkExtent, TalkFormat, TalkLevel, TalkTrack } from '../domain/talk.ts'
import type { ChildRows } from '../store/childRows.ts'
import type { RevisionRow } from '../store/revision.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { childrenOf, detailIn } from './child.ts'
import { CitationRef, citationOf } from './citation.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { actorIds, DevelopmentFilter, readFilter, withCodes } from './filter.ts'
import { identityOf, presentIdentity } from './identity.ts'
import { pageFields } from './page.ts'
import { inRole, ParticipationRef } from './participation.ts'
import { ResponseRef } from './response.ts'
import { viewpointArgs } from './viewpoint.ts'
import { WhenRef } from './when.ts'

export const TalkExtentRef = codes<TalkExtent>('TalkExtent', 'How much of talking it is.', {
  MEETING: 'One meeting.',
  ROUND: 'One round of several meetings.',
  SERIES: 'A series of rounds or meetings.',
})

export const TalkFormatRef = codes<TalkFormat>('TalkFormat', 'How the parties talk.', {
  DIRECT: 'Face to face, without a mediator.',
  MEDIATED: 'Face to face, with a mediator.',
  PROXIMITY: 'Through a mediator who goes between them.',
})

export const TalkTrackRef = codes<TalkTrack>('TalkTrack', "Diplomacy's tracks.", {
  ONE: 'Between officials.',
  ONE_AND_A_HALF: 'Officials and private persons.',
  TWO: 'Between private persons.',
})

export const TalkLevelRef = codes<TalkLevel>('TalkLevel', 'Who talks.', {
  LEADERS: 'Heads of state or government.',
  MINISTERS: 'Ministers.',
  OFFICIALS: 'Officials below ministers.',
})

const InvitationRef = builder.objectRef<ChildRows['Invitation']>('Invitation').implement({
  description: 'Who was invited to a talk, how it responded and the reason that it gave.',
  fields: (t) => ({
    invitee: t.field({
      type: ActorRef,
      description: 'The party that was invited.',
      resolve: ({ inviteeId }, _args, context, info) => presentIdentity(context, info, 'Actor', inviteeId),
    }),
    invitedBy: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Who invited it; null: no report says.',
      resolve: ({ invitedById }, _args, context, info) => identityOf(context, info, 'Actor', invitedById),
    }),
    respondedBy: t.field({
      type: ActorRef,
      nullable: true,
      description: 'The person who answered for it.',
      resolve: ({ respondedById }, _args, context, info) => identityOf(context, info, 'Actor', respondedById),
    }),
    response: t.expose('response', { type: ResponseRef, description: 'How it responded.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'The reason that it gave. Where reports give different ones, they are claims of the aspect REASON.',
    }),
    when: t.expose('when', {
      type: WhenRef,
      nullable: true,
      description: 'When it responded.',
    }),
    citation: t.field({
      type: CitationRef,
      description: 'The passage that tells it.',
      resolve: (invitation, _args, context) => citationOf(context, invitation),
    }),
  }),
})

const detail = detailIn('TalkDetail')

export const TalkRef = builder.objectRef<RevisionRow>('Talk').implement({
  description: 'Parties met or were to meet, with what became of it: who declined, and why.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    extent: t.field({
      type: TalkExtentRef,
      description: 'A meeting, a round or a series.',
      resolve: async (row, _args, context) => (await detail(row, context))?.extent ?? 'MEETING',
    }),
    format: t.field({
      type: TalkFormatRef,
      nullable: true,
      description: 'How the parties talk.',
      resolve: async (row, _args, context) => (await detail(row, context))?.format,
    }),
    track: t.field({
      type: TalkTrackRef,
      nullable: true,
      description: "Diplomacy's track.",
      resolve: async (row, _args, context) => (await detail(row, context))?.track,
    }),
    level: t.field({
      type: TalkLevelRef,
      nullable: true,
      description: 'Who talks.',
      resolve: async (row, _args, context) => (await detail(row, context))?.level,
    }),
    topic: t.string({
      nullable: true,
      description: 'What it is about.',
      resolve: async (row, _args, context) => (await detail(row, context))?.topic,
    }),
    outcome: t.string({
      nullable: true,
      description: 'What came of it.',
      resolve: async (row, _args, context) => (await detail(row, context))?.outcome,
    }),
    invitations: t.field({
      type: [InvitationRef],
      description: 'Who was invited and how each responded.',
      args: { response: t.arg({ type: [ResponseRef], description: 'Only these responses.' }) },
      resolve: async ({ position }, { response }, context) => {
        const all = await childrenOf(context, 'Invitation', position)
        return response ? all.filter((invitation) => response.includes(invitation.response)) : all
      },
    }),
    mediators: t.field({
      type: [ParticipationRef],
      description: 'Who mediated, or was to.',
      resolve: inRole('MEDIATOR'),
    }),
    hosts: t.field({
      type: [ParticipationRef],
      description: 'Who hosted it, or was to.',
      resolve: inRole('HOST'),
    }),
  }),
})

/** What an invited party says that does not come. */
const didNotCome: readonly Response[] = ['DECLINED', 'WITHDREW']

builder.queryField('talks', (t) =>
  t.connection(
    {
      type: TalkRef,
      description: 'Talks, held or not, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
        extent: t.arg({ type: [TalkExtentRef], description: 'Only meetings, rounds or series.' }),
        declinedBy: t.arg.stringList({
          description: 'Only talks to which any of these was invited and did not come, by ref or name.',
        }),
      },
      resolve: async (_root, { extent, declinedBy, ...args }, context, info) => {
        const filter = withCodes(await readFilter(context, args.filter, 'TALK'), { extent })
        const declined: Filter = declinedBy
          ? { invitation: { actors: await actorIds(context, 'declinedBy', declinedBy), responses: didNotCome } }
          : {}
        return developmentPage(context, info, args, both(filter, declined))
      },
    },
    pageFields('Talk'),
    { name: 'TalkEdge', description: 'A talk and its place in the list.' },
  ),
)
