import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { developmentType } from './development.ts'
import { readGlobalId } from './globalId.ts'
import { loadDevelopment } from './loadDevelopment.ts'
import { locate, viewpointOf } from './locate.ts'
import { badInput } from './refused.ts'
import { viewpointArgs } from './viewpoint.ts'

const LARGEST = 100

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Relay: one object by its global id; null: there is none from this viewpoint.',
    args: { ...viewpointArgs, id: t.arg.id({ required: true, description: 'The global id.' }) },
    resolve: (_root, { id }, context, info) => load(context, info, id),
  }),
)

builder.queryField('nodes', (t) =>
  t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    extensions: { slicingArgument: 'ids' },
    description: 'Relay: several objects by their global ids, in their order; null where there is none. At most 100.',
    args: { ...viewpointArgs, ids: t.arg.idList({ required: true, description: 'The global ids.' }) },
    resolve: (_root, { ids }, context, info) => {
      if (ids.length > LARGEST) throw badInput('ids', `must be at most ${LARGEST}`, ids.length)
      return Promise.all(ids.map((id) => load(context, info, id)))
    },
  }),
)

async function load(context: Context, info: GraphQLResolveInfo, text: string): Promise<object | null> {
  const read = readGlobalId(text)
  if (read === undefined) throw badInput('id', 'must be a global id that this API gave out', text)
  const { type, id } = read
  const { prisma } = context.database
  // The type decides what the selection is planned on: fragments on it and on its interfaces.
  const query = (typeName: string) => queryFromInfo({ context, info, typeName })
  switch (type) {
    case 'Development': {
      const row = await loadDevelopment(context, await locate(context, info, id))
      return row && named(developmentType(row), row)
    }
    case 'Revision': {
      const position = Number(id)
      if (!Number.isInteger(position) || position > viewpointOf(context, info).position) return null
      return named('Revision', await loadDevelopment(context, position))
    }
    case 'Process':
      return named('Process', await prisma.process.findUnique({ ...query('Process'), where: { id } }))
    case 'Actor':
      return named('Actor', await prisma.actor.findUnique({ ...query('Actor'), where: { id } }))
    case 'Place':
      return named('Place', await prisma.place.findUnique({ ...query('Place'), where: { id } }))
    case 'Outlet':
      return named('Outlet', await prisma.outlet.findUnique({ ...query('Outlet'), where: { id } }))
    case 'Report':
      return named('Report', await prisma.report.findUnique({ ...query('Report'), where: { id } }))
    default:
      return type satisfies never
  }
}

/** Says which type a row is: Node has nothing to tell it by. */
function named<Row extends object>(__typename: string, row: Row | null): (Row & { __typename: string }) | null {
  return row && { ...row, __typename }
}
