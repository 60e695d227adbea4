import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import { DevelopmentRef } from './development.ts'
import { DevelopmentConnection, developmentPage, orderArg } from './developmentList.ts'
import { DevelopmentFilter, readFilter } from './filter.ts'
import { globalId } from './globalId.ts'
import { presentIdentity } from './identity.ts'
import { countedPage } from './page.ts'
import { viewpointArgs } from './viewpoint.ts'

export const ProcessRef = builder.prismaObject('Process', {
  description: 'One peace process.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Process', id) }),
    ref: t.exposeString('id', { description: 'Short name, unique in the record: "armenia-azerbaijan".' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    summary: t.exposeString('summary', { description: 'What it is about, in our own words.' }),
    parties: t.field({
      type: [ActorRef],
      description: 'Its parties.',
      select: (_args, _ctx, nested) => ({
        members: { where: { part: 'PARTY' }, select: { part: true, actor: nested() }, orderBy: { actorId: 'asc' } },
      }),
      resolve: ({ members }) => members.filter(({ part }) => part === 'PARTY').map(({ actor }) => actor),
    }),
    developments: t.connection(
      {
        type: DevelopmentRef,
        description: 'Its developments, oldest first unless ordered otherwise. At most 100 a page.',
        args: { ...orderArg, filter: t.arg({ type: DevelopmentFilter, description: 'Which of them; left out: all.' }) },
        resolve: async ({ id }, args, context, info) =>
          developmentPage(context, info, args, { ...(await readFilter(context, args.filter)), processes: [id] }),
      },
      DevelopmentConnection,
    ),
  }),
})

builder.interfaceField(DevelopmentRef, 'process', (t) =>
  t.field({
    type: ProcessRef,
    description: 'The peace process that it belongs to.',
    resolve: ({ processId }, _args, context, info) => presentIdentity(context, info, 'Process', processId),
  }),
)

builder.queryField('processes', (t) =>
  t.prismaConnection(
    {
      type: 'Process',
      cursor: 'id',
      maxSize: 100,
      args: viewpointArgs,
      description: 'The peace processes that the record follows, by ref.',
      totalCount: (_root, _args, { database }) => database.prisma.process.count(),
      resolve: (query, _root, _args, { database }) =>
        database.prisma.process.findMany({ ...query, orderBy: { id: 'asc' } }),
    },
    countedPage('Process'),
    { name: 'ProcessEdge', description: 'A process and its place in the list.' },
  ),
)

builder.queryField('process', (t) =>
  t.prismaField({
    type: 'Process',
    nullable: true,
    description: 'One peace process; null: there is none of that name.',
    args: { ...viewpointArgs, ref: t.arg.string({ required: true, description: 'Its short name.' }) },
    resolve: (query, _root, { ref }, { database }) =>
      database.prisma.process.findUnique({ ...query, where: { id: ref } }),
  }),
)
