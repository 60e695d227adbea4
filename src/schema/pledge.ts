import { both } from '../domain/filter.ts'
import type { Strength } from '../domain/pledge.ts'
import type { RevisionRow } from '../store/revision.ts'
import { builder } from './builder.ts'
import { detailIn } from './child.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { DevelopmentFilter, pledgeOpen, readFilter, withCodes } from './filter.ts'
import { pageFields } from './page.ts'
import { inRole, ParticipationRef } from './participation.ts'
import { viewpointArgs } from './viewpoint.ts'
import { WhenRef } from './when.ts'

export const StrengthRef = codes<Strength>('Strength', 'How far the promisor binds itself.', {
  COMMITMENT: 'It says that it will.',
  READINESS: 'It says that it is ready to.',
  HOPE: 'It says that it hopes to; a hope is never broken.',
})

const detail = detailIn('PledgeDetail')

export const PledgeRef = builder.objectRef<RevisionRow>('Pledge').implement({
  description: 'Somebody bound itself to do something.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    strength: t.field({
      type: StrengthRef,
      description: 'How far the promisor binds itself.',
      resolve: async (row, _args, context) => (await detail(row, context))?.strength ?? 'HOPE',
    }),
    terms: t.string({
      nullable: true,
      description: 'What is promised, in our own words.',
      resolve: async (row, _args, context) => (await detail(row, context))?.terms,
    }),
    condition: t.string({
      nullable: true,
      description: 'On what it depends.',
      resolve: async (row, _args, context) => (await detail(row, context))?.condition,
    }),
    due: t.field({
      type: WhenRef,
      nullable: true,
      description: 'By when; null: no report gives a date.',
      resolve: async (row, _args, context) => (await detail(row, context))?.due ?? null,
    }),
    promisors: t.field({
      type: [ParticipationRef],
      description: 'Who promises.',
      resolve: inRole('PROMISOR'),
    }),
    beneficiaries: t.field({
      type: [ParticipationRef],
      description: 'To whom.',
      resolve: inRole('BENEFICIARY'),
    }),
  }),
})

builder.queryField('pledges', (t) =>
  t.connection(
    {
      type: PledgeRef,
      description: 'Pledges, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
        strength: t.arg({ type: [StrengthRef], description: 'Only pledges of these strengths.' }),
        open: t.arg.boolean({
          description:
            'True: only those that are made and not yet kept, lapsed, broken or withdrawn. False: only the others.',
        }),
      },
      resolve: async (_root, { strength, open, ...args }, context, info) => {
        const filter = withCodes(await readFilter(context, args.filter, 'PLEDGE'), { strength })
        return developmentPage(context, info, args, both(filter, pledgeOpen(open)))
      },
    },
    pageFields('Pledge'),
    { name: 'PledgeEdge', description: 'A pledge and its place in the list.' },
  ),
)
