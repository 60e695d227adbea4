import { builder } from './builder.ts'
import { globalId } from './globalId.ts'
import { countedPage } from './page.ts'
import { viewpointArgs } from './viewpoint.ts'
import { visibleReports } from './visibleReports.ts'

export const OutletRef = builder.prismaObject('Outlet', {
  description: 'Who publishes reports.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Outlet', id) }),
    ref: t.exposeString('id', { description: 'Short name, unique in the record: "upi".' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    wikidata: t.exposeString('wikidata', { nullable: true, description: 'Wikidata item.' }),
    reports: t.relation('reports', {
      description: 'Its reports in the record, by when they were published, from the viewpoint of the operation.',
      extensions: { assumedSize: 50 },
      query: (_args, { viewpoint }) => ({
        where: viewpoint && visibleReports(viewpoint),
        orderBy: [{ knownAt: 'asc' }, { id: 'asc' }],
      }),
    }),
  }),
})

builder.queryField('outlets', (t) =>
  t.prismaConnection(
    {
      type: 'Outlet',
      cursor: 'id',
      maxSize: 100,
      description: 'The outlets that the record knows, by ref; their reports from the viewpoint.',
      args: viewpointArgs,
      totalCount: (_root, _args, { database }) => database.prisma.outlet.count(),
      resolve: (query, _root, _args, { database }) =>
        database.prisma.outlet.findMany({ ...query, orderBy: { id: 'asc' } }),
    },
    countedPage('Outlet'),
    { name: 'OutletEdge', description: 'An outlet and its place in the list.' },
  ),
)
