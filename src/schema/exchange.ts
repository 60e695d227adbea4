import type { ExchangeForm } from '../domain/exchange.ts'
import type { ChildRows } from '../store/childRows.ts'
import type { RevisionRow } from '../store/revision.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { childrenOf, detailIn } from './child.ts'
import { CitationRef, citationOf } from './citation.ts'
import { ClaimRef } from './claim.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { FigureRef } from './figure.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { presentIdentity } from './identity.ts'
import { pageFields } from './page.ts'
import { inRole, ParticipationRef } from './participation.ts'
import { viewpointArgs } from './viewpoint.ts'
import { WhenRef } from './when.ts'

export const ExchangeFormRef = codes<ExchangeForm>('ExchangeForm', 'Whether both sides release.', {
  RECIPROCAL: 'Both sides release.',
  ONE_SIDED: 'One side releases.',
})

const LegGroupRef = builder.objectRef<ChildRows['LegGroup']>('LegGroup').implement({
  description: 'Part of a leg that was taken or held apart: "31 + 1".',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Names the group within its leg.' }),
    count: t.expose('count', {
      type: FigureRef,
      nullable: true,
      description: 'How many; null: unknown.',
    }),
    category: t.exposeString('category', { nullable: true, description: 'Who they are.' }),
    heldSince: t.expose('heldSince', {
      type: WhenRef,
      nullable: true,
      description: 'Since when they were held.',
    }),
  }),
})

const LegRef = builder.objectRef<ChildRows['Leg']>('Leg').implement({
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
    count: t.expose('count', {
      type: FigureRef,
      nullable: true,
      description: 'How many; null: unknown. Its stage says whether they are promised or freed.',
    }),
    category: t.exposeString('category', { nullable: true, description: 'Who they are.' }),
    heldSince: t.expose('heldSince', {
      type: WhenRef,
      nullable: true,
      description: 'Since when they were held. Where reports differ, they are claims of the aspect HELD_SINCE.',
    }),
    groups: t.field({
      type: [LegGroupRef],
      description: 'Parts that were taken or held apart.',
      resolve: async ({ position, ordinal }, _args, context) =>
        (await childrenOf(context, 'LegGroup', position)).filter(({ legOrdinal }) => legOrdinal === ordinal),
    }),
    persons: t.exposeStringList('persons', { description: 'Names of those released, as reported.' }),
    citation: t.field({
      type: CitationRef,
      description: 'The passage that tells it.',
      resolve: (leg, _args, context) => citationOf(context, leg),
    }),
    claims: t.field({
      type: [ClaimRef],
      description: 'What each report says of this leg: figures, since when held, category.',
      extensions: { assumedSize: 10 },
      resolve: async ({ position, key }, _args, context) =>
        (await childrenOf(context, 'Claim', position)).filter(
          (claim) => claim.key === `leg/${key}` || claim.key.startsWith(`leg/${key}/`),
        ),
    }),
  }),
})

const detail = detailIn('ExchangeDetail')

export const ExchangeRef = builder.objectRef<RevisionRow>('Exchange').implement({
  description: 'Prisoners are exchanged or released: agreed first, carried out later.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    form: t.field({
      type: ExchangeFormRef,
      description: 'Whether both sides release.',
      resolve: async (row, _args, context) => (await detail(row, context))?.form ?? 'RECIPROCAL',
    }),
    legs: t.field({
      type: [LegRef],
      description: 'Who releases how many, one leg a direction.',
      resolve: ({ position }, _args, context) => childrenOf(context, 'Leg', position),
    }),
    facilitators: t.field({
      type: [ParticipationRef],
      description: 'Who helped it happen.',
      resolve: inRole('FACILITATOR'),
    }),
    mediators: t.field({
      type: [ParticipationRef],
      description: 'Who mediated it.',
      resolve: inRole('MEDIATOR'),
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
