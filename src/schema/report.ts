import type { When } from '../domain/when.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import { builder } from './builder.ts'
import { globalId } from './globalId.ts'
import { identityOf } from './identity.ts'
import { viewpointOf } from './locate.ts'
import { OutletRef } from './outlet.ts'
import { countedPage } from './page.ts'
import { viewpointArgs } from './viewpoint.ts'
import { visibleReports } from './visibleReports.ts'
import { WhenRef } from './when.ts'

const RetractionRef = builder.objectRef<{ reason: string; recordedAt: Date }>('Retraction').implement({
  description: 'That the desk took a report back: what it claims is deprecated, and what only it told is retracted.',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'Why.' }),
    at: t.field({
      type: 'DateTime',
      description: 'When it was recorded here.',
      resolve: ({ recordedAt }) => recordedAt,
    }),
  }),
})

export const ReportRef = builder.prismaObject('Report', {
  description: 'One published document of an outlet, which may be unknown.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.id({ description: 'Global id.', resolve: ({ id }) => globalId('Report', id) }),
    ref: t.exposeString('id', { description: 'Short name, unique in the record.' }),
    outlet: t.field({
      type: OutletRef,
      nullable: true,
      description: 'Who published it; null: unknown, and none is invented.',
      resolve: ({ outletId }, _args, context, info) => identityOf(context, info, 'Outlet', outletId),
    }),
    title: t.exposeString('title', { nullable: true, description: 'Its title.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where it stands on the web.' }),
    language: t.exposeString('language', { description: 'Its language, BCP 47.' }),
    credits: t.exposeStringList('credits', { description: 'Agencies and sites that it credits as a whole.' }),
    published: t.field({
      type: WhenRef,
      description: 'When it was published; where the date is inferred, `reason` says how.',
      resolve: ({ published }) => published as unknown as When,
    }),
    knownAt: t.expose('knownAt', {
      type: 'DateTime',
      description: 'From when on its content counts as publicly known.',
    }),
    retraction: t.field({
      type: RetractionRef,
      nullable: true,
      description: 'That it was taken back, told at every viewpoint: nobody shall rest on it again. Null: it was not.',
      select: { deskActions: { select: { reason: true, recordedAt: true } } },
      resolve: ({ deskActions }) => deskActions[0],
    }),
  }),
})

builder.queryField('reports', (t) =>
  t.prismaConnection(
    {
      type: 'Report',
      cursor: 'id',
      maxSize: 100,
      description: 'The reports that the record rests on, from the viewpoint, in the order in which they became known.',
      args: {
        ...viewpointArgs,
        outlet: t.arg.stringList({ description: 'Only reports of these outlets, by ref.' }),
      },
      totalCount: (_root, { outlet }, context, info) =>
        context.database.prisma.report.count({ where: wanted(outlet, viewpointOf(context, info)) }),
      resolve: (query, _root, { outlet }, context, info) =>
        context.database.prisma.report.findMany({
          ...query,
          where: wanted(outlet, viewpointOf(context, info)),
          orderBy: [{ knownAt: 'asc' }, { id: 'asc' }],
        }),
    },
    countedPage('Report'),
    { name: 'ReportEdge', description: 'A report and its place in the list.' },
  ),
)

function wanted(outlet: string[] | null | undefined, viewpoint: Viewpoint) {
  return { ...visibleReports(viewpoint), ...(outlet && { outletId: { in: outlet } }) }
}
