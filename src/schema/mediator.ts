import { queryFromInfo } from '@pothos/plugin-prisma'
import { resolveArrayConnection } from '@pothos/plugin-relay'
import type { GraphQLResolveInfo } from 'graphql'
import type { Role } from '../domain/role.ts'
import { type KindFilter, listByActor } from '../store/developmentList.ts'
import { listMediators } from '../store/mediatorList.ts'
import { existing } from '../store/names.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { loadDevelopment, type RevisionRow } from './loadDevelopment.ts'
import { loaders } from './loader.ts'
import { viewpointOf } from './locate.ts'
import { badInput } from './refused.ts'
import { StatementRef } from './statement.ts'
import { TalkRef } from './talk.ts'
import { viewpointArgs } from './viewpoint.ts'

/** A mediator of one process. */
interface Mediator {
  readonly actor: string
  readonly process: string
}

const MediatorRef = builder.objectRef<Mediator>('Mediator').implement({
  description: 'Who mediates a process, with what it did there. A mediator is an actor in a role.',
  fields: (t) => ({
    actor: t.field({
      type: ActorRef,
      description: 'The actor.',
      resolve: ({ actor }, _args, context, info) =>
        context.database.prisma.actor.findUniqueOrThrow({ ...queryFromInfo({ context, info }), where: { id: actor } }),
    }),
    talks: t.field({
      type: [TalkRef],
      description: 'The talks that it mediated or was to mediate, itself or through whoever acts for it, oldest first.',
      extensions: { assumedSize: 20 },
      resolve: (mediator, _args, context, info) => developmentsOf(mediator, 'MEDIATOR', 'TALK', {}, context, info),
    }),
    statements: t.field({
      type: [StatementRef],
      description: 'What it said, itself or through whoever speaks for it, oldest first.',
      extensions: { assumedSize: 20 },
      args: {
        about: t.arg.string({ description: 'Only what announces, answers or concerns this development, by ref.' }),
      },
      resolve: (mediator, { about }, context, info) =>
        developmentsOf(mediator, 'SPEAKER', 'STATEMENT', about == null ? {} : { about: [about] }, context, info),
    }),
  }),
})

builder.queryField('mediators', (t) =>
  t.connection(
    {
      type: MediatorRef,
      description: 'Who mediates a process, by ref.',
      args: { ...viewpointArgs, process: t.arg.string({ required: true, description: 'The process, by ref.' }) },
      resolve: async (_root, { process, ...args }, context, info) => {
        const { pool } = context.database
        if (!(await existing(pool, 'Process', [process])).has(process)) {
          throw badInput('process', 'must be the ref of a process (see `processes`)', process)
        }
        const actors = await listMediators(pool, viewpointOf(context, info), process)
        const page = resolveArrayConnection(
          { args },
          actors.map((actor): Mediator => ({ actor, process })),
        )
        return { ...page, totalCount: actors.length }
      },
    },
    {
      name: 'MediatorConnection',
      description: 'One page of mediators.',
      fields: (f) => ({
        totalCount: f.exposeInt('totalCount', { description: 'How many there are in all.' }),
      }),
    },
    { name: 'MediatorEdge', description: 'A mediator and its place in the list.' },
  ),
)

const positionsOf = loaders<number[]>()

/** A mediator's developments; for all mediators of an answer it is one list and one load. */
async function developmentsOf(
  { actor, process }: Mediator,
  role: Role,
  kind: 'TALK' | 'STATEMENT',
  kindFilter: KindFilter,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<RevisionRow[]> {
  const key = JSON.stringify([process, role, kind, kindFilter])
  const positions = await positionsOf(context, key, async (actors) => {
    const wanted = { actors, role, filter: { processes: [process], kinds: [kind] }, kindFilter }
    const found = await listByActor(context.database.pool, viewpointOf(context, info), wanted)
    return actors.map((id) => found.get(id) ?? [])
  }).load(actor)
  const rows = await Promise.all(positions.map((position) => loadDevelopment(context, info, position)))
  return rows.filter((row) => row !== null)
}
