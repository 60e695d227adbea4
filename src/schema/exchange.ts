import type { ExchangeForm } from '../domain/exchange.ts'
import type { Figure } from '../domain/figure.ts'
import type { When } from '../domain/when.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { ClaimRef } from './claim.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { FigureRef } from './figure.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { presentIdentity } from './identity.ts'
import { pageFields } from './page.ts'
import { allParticipations, inRole, ParticipationRef } from './participation.ts'
import { viewpointArgs } from './viewpoint.ts'
import { WhenRef } from './when.ts'

export const ExchangeFormRef = codes<ExchangeForm>('ExchangeForm', 'Whether both sides release.', {
  RECIPROCAL: 'Both sides release.',
  ONE_SIDED: 'One side releases.',
})

builder.prismaObject('LegGroup', {
  description: 'Part of a leg that was taken or held apart: "31 + 1".',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Names the group within its leg.' }),
    count: t.field({
      type: FigureRef,
      nullable: true,
      description: 'How many; null: unknown.',
      resolve: ({ count }) => count as Figure | null,
    }),
    category: t.exposeString('category', { nullable: true, description: 'Who they are.' }),
    heldSince: t.field({
      type: WhenRef,
      nullable: true,
      description: 'Since when they were held.',
      resolve: ({ heldSince }) => heldSince as When | null,
    }),
  }),
})

builder.prismaObject('Leg', {
  description: 'One direction of an exchange: who released how many of whom, to whom, held since when.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Names the leg; its claims have the key "leg/KEY".' }),
    releasedBy: t.field({
      type: ActorRef,
      description: 'Who releases.',
      resolve: ({ releasedById }, _args, context, info) => presentIdentity(context, info, 'Actor', releasedById),
    }),
    receivedBy: t.field({
      type: ActorRef,
      description: 'Who receives.',
      resolve: ({ receivedById }, _args, context, info) => presentIdentity(context, info, 'Actor', receivedById),
    }),
    count: t.field({
      type: FigureRef,
      nullable: true,
      description: 'How many; null: unknown. Its stage says whether they are promised or freed.',
      resolve: ({ count }) => count as Figure | null,
    }),
    category: t.exposeString('category', { nullable: true, description: 'Who they are.' }),
    heldSince: t.field({
      type: WhenRef,
      nullable: true,
      description: 'Since when they were held. Where reports differ, they are claims of the aspect HELD_SINCE.',
      resolve: ({ heldSince }) => heldSince as When | null,
    }),
    groups: t.relation('groups', {
      description: 'Parts that were taken or held apart.',
      query: { orderBy: { ordinal: 'asc' } },
    }),
    persons: t.exposeStringList('persons', { description: 'Names of those released, as reported.' }),
    citation: t.relation('citation', { description: 'The passage that tells it.' }),
    claims: t.field({
      type: [ClaimRef],
      description: 'What each report says of this leg: figures, since when held, category.',
      extensions: { assumedSize: 10 },
      select: (_args, _ctx, nested) => ({
        key: true,
        revision: { select: { claims: nested({ orderBy: { ordinal: 'asc' as const } }) } },
      }),
      resolve: ({ key, revision }) =>
        revision.claims.filter((claim) => claim.key === `leg/${key}` || claim.key.startsWith(`leg/${key}/`)),
    }),
  }),
})

export const ExchangeRef = builder.prismaObject('Revision', {
  variant: 'Exchange',
  description: 'Prisoners are exchanged or released: agreed first, carried out later.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    form: t.field({
      type: ExchangeFormRef,
      description: 'Whether both sides release.',
      select: { exchange: { select: { form: true } } },
      resolve: ({ exchange }) => exchange?.form ?? 'RECIPROCAL',
    }),
    legs: t.relation('legs', {
      description: 'Who releases how many, one leg a direction.',
      query: { orderBy: { ordinal: 'asc' } },
    }),
    facilitators: t.field({
      type: [ParticipationRef],
      description: 'Who helped it happen.',
      select: (_args, _ctx, nested) => ({ participations: nested(allParticipations) }),
      resolve: ({ participations }) => inRole(participations, ['FACILITATOR']),
    }),
    mediators: t.field({
      type: [ParticipationRef],
      description: 'Who mediated it.',
      select: (_args, _ctx, nested) => ({ participations: nested(allParticipations) }),
      resolve: ({ participations }) => inRole(participations, ['MEDIATOR']),
    }),
  }),
})

builder.queryField('exchanges', (t) =>
  t.connection(
    {
      type: ExchangeRef,
      description: 'Exchanges and releases, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
      },
      resolve: async (_root, args, context, info) =>
        developmentPage(context, info, args, await readFilter(context, args.filter, 'EXCHANGE')),
    },
    pageFields('Exchange'),
    { name: 'ExchangeEdge', description: 'An exchange and its place in the list.' },
  ),
)
