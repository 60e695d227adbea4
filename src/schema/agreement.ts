import type { AgreementStage } from '../domain/agreement.ts'
import type { RevisionRow } from '../store/revision.ts'
import { builder } from './builder.ts'
import { detailIn } from './child.ts'
import { codes } from './code.ts'
import { DevelopmentRef } from './development.ts'
import { developmentPage, orderArg } from './developmentList.ts'
import { DevelopmentFilter, readFilter, withCodes } from './filter.ts'
import { pageFields } from './page.ts'
import { inRole, ParticipationRef } from './participation.ts'
import { viewpointArgs } from './viewpoint.ts'
import { WhenRef } from './when.ts'

export const AgreementStageRef = codes<AgreementStage>(
  'AgreementStage',
  'PA-X: the stage of the process that an agreement belongs to.',
  {
    PRE: 'PA-X Pre: pre-negotiation.',
    CEA: 'PA-X Cea: ceasefire.',
    SUB_PAR: 'PA-X SubPar: substantive, partial.',
    SUB_COMP: 'PA-X SubComp: substantive, comprehensive.',
    IMP: 'PA-X Imp: implementation.',
    REN: 'PA-X Ren: renewal.',
  },
)

const detail = detailIn('AgreementDetail')

export const AgreementRef = builder.objectRef<RevisionRow>('Agreement').implement({
  description: 'A ceasefire or treaty.',
  interfaces: [builder.nodeInterfaceRef(), DevelopmentRef],
  fields: (t) => ({
    stage: t.field({
      type: AgreementStageRef,
      nullable: true,
      description: 'Its PA-X stage.',
      resolve: async (row, _args, context) => (await detail(row, context))?.stage,
    }),
    terms: t.string({
      nullable: true,
      description: 'What it lays down, in our own words.',
      resolve: async (row, _args, context) => (await detail(row, context))?.terms,
    }),
    effective: t.field({
      type: WhenRef,
      nullable: true,
      description: 'From when it holds.',
      resolve: async (row, _args, context) => (await detail(row, context))?.effective ?? null,
    }),
    until: t.field({
      type: WhenRef,
      nullable: true,
      description: 'Until when it holds.',
      resolve: async (row, _args, context) => (await detail(row, context))?.until ?? null,
    }),
    signatories: t.field({
      type: [ParticipationRef],
      description: 'Who signed.',
      resolve: inRole('SIGNATORY'),
    }),
  }),
})

builder.queryField('agreements', (t) =>
  t.connection(
    {
      type: AgreementRef,
      description: 'Ceasefires and treaties, oldest first unless ordered otherwise. At most 100 a page.',
      args: {
        ...viewpointArgs,
        ...orderArg,
        filter: t.arg({ type: DevelopmentFilter, description: 'Which developments; left out: all.' }),
        stage: t.arg({ type: [AgreementStageRef], description: 'Only agreements of these PA-X stages.' }),
      },
      resolve: async (_root, { stage, ...args }, context, info) => {
        const filter = withCodes(await readFilter(context, args.filter, 'AGREEMENT'), { stage })
        return developmentPage(context, info, args, filter)
      },
    },
    pageFields('Agreement'),
    { name: 'AgreementEdge', description: 'An agreement and its place in the list.' },
  ),
)
