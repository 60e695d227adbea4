import { resolveArrayConnection } from '@pothos/plugin-relay'
import type { GraphQLResolveInfo } from 'graphql'
import { bucketAfter } from '../domain/bucket.ts'
import type { Key } from '../store/developmentList.ts'
import { countParts, listParts, type MediationQuestion, pageParts } from '../store/mediation.ts'
import { listMediators } from '../store/mediatorList.ts'
import { existing } from '../store/names.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import type { Window } from '../store/window.ts'
import { ActorRef } from './actor.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { DevelopmentRef } from './development.ts'
import { DevelopmentConnection } from './developmentList.ts'
import { presentIdentity } from './identity.ts'
import { loadDevelopments } from './loadDevelopment.ts'
import { loaders } from './loader.ts'
import { viewpointOf } from './locate.ts'
import { pageInfo, pageSize, readKey, writeKey } from './page.ts'
import { badInput } from './refused.ts'
import { StatementRef, toldAbout } from './statement.ts'
import { viewpointArgs } from './viewpoint.ts'

/** A mediator of one process, and the window in which its record is looked at. */
export interface Mediator {
  readonly actor: string
  readonly process: string
  readonly window: Window
}

/**
 * Makes a reader of rows that belong to mediators: whatever one of them is asked, all mediators of the answer are asked
 * in one statement.
 */
export function ofMediators<Row extends { readonly actor: string }>() {
  const rowsOf = loaders<Row[]>()
  return (
    { actor, process, window }: Mediator,
    context: Context,
    info: GraphQLResolveInfo,
    key: string,
    read: (viewpoint: Viewpoint, question: MediationQuestion) => Promise<readonly Row[]>,
  ): Promise<Row[]> => {
    const batch = async (actors: readonly string[]) => {
      const rows = await read(viewpointOf(context, info), { actors, process, window })
      return actors.map((id) => rows.filter((row) => row.actor === id))
    }
    return rowsOf(context, JSON.stringify([process, window, key]), batch).load(actor)
  }
}

const statementsOf = ofMediators<{ readonly actor: string; readonly position: number }>()
const pageOf = ofMediators<Awaited<ReturnType<typeof pageParts>>[number]>()
const countsOf = ofMediators<Awaited<ReturnType<typeof countParts>>[number]>()

export const MediatorRef = builder.objectRef<Mediator>('Mediator').implement({
  description:
    'Who mediates a process, with what it did there. A mediator is an actor in a role. What whoever acts for it does, it does: Charles Michel mediates for the EU.',
  fields: (t) => ({
    actor: t.field({
      type: ActorRef,
      description: 'The actor.',
      resolve: ({ actor }, _args, context, info) => presentIdentity(context, info, 'Actor', actor),
    }),
    statements: t.field({
      type: [StatementRef],
      description: 'What it said, itself or through whoever speaks for it, oldest first.',
      extensions: { assumedSize: 20 },
      args: {
        about: t.arg.string({ description: 'Only what announces, answers or concerns this development, by ref.' }),
      },
      resolve: async (mediator, { about }, context, info) => {
        const rows = await statementsOf(mediator, context, info, `said ${about}`, async (viewpoint, question) => {
          const only = about == null ? {} : await toldAbout(context, viewpoint, [about])
          const wanted = { role: 'SPEAKER', kind: 'STATEMENT', only } as const
          return listParts(context.database.pool, viewpoint, { ...question, ...wanted })
        })
        return loadDevelopments(
          context,
          rows.map(({ position }) => position),
        )
      },
    }),
    developments: t.connection(
      {
        type: DevelopmentRef,
        description: 'All developments in which it takes part, in whichever role, oldest first. At most 100 a page.',
        resolve: async (mediator, args, context, info) => {
          const { limit, backwards } = pageSize(args)
          const bounds = {
            after: readKey('after', args.after, 'moment'),
            before: readKey('before', args.before, 'moment'),
          }
          const page = { limit, backwards, ...bounds }
          const keys = await pageOf(mediator, context, info, JSON.stringify(page), (viewpoint, question) =>
            pageParts(context.database.pool, viewpoint, question, page),
          )
          const shown = keys.slice(0, limit)
          if (backwards) shown.reverse()
          const edges = await edgesOf(context, shown)
          const { position, tag } = viewpointOf(context, info)
          return {
            edges,
            pageInfo: pageInfo(edges, args, keys.length > limit),
            totalCount: async () => (await countsIn(mediator, context, info)).within,
            feedCursor: { position, tag },
          }
        },
      },
      DevelopmentConnection,
    ),
    undatedCount: t.int({
      description:
        'How many developments in which it takes part have no date at all: a window leaves them out of everything here, since no report says whether they belong to it. Without `from` and `to` they are in.',
      resolve: async (mediator, _args, context, info) => (await countsIn(mediator, context, info)).undated,
    }),
  }),
})

async function edgesOf(context: Context, keys: readonly Key[]) {
  const rows = await loadDevelopments(
    context,
    keys.map(({ position }) => position),
  )
  const byPosition = new Map(keys.map((key) => [key.position, key]))
  return rows.map((node) => ({ node, cursor: writeKey(byPosition.get(node.position) as Key) }))
}

async function countsIn(mediator: Mediator, context: Context, info: GraphQLResolveInfo) {
  const [counts] = await countsOf(mediator, context, info, 'counts', (viewpoint, question) =>
    countParts(context.database.pool, viewpoint, question),
  )
  return counts ?? { within: 0, undated: 0 }
}

builder.queryField('mediators', (t) =>
  t.connection(
    {
      type: MediatorRef,
      description: 'Who mediates a process, by ref, with the record of each: of all times, or of a window.',
      args: {
        ...viewpointArgs,
        process: t.arg.string({ required: true, description: 'The process, by ref.' }),
        from: t.arg({
          type: 'Date',
          description:
            'Only what may have happened on this day or later. Where counts are given, `certainCount` says of how many it is certain.',
        }),
        to: t.arg({ type: 'Date', description: 'Only what may have happened on this day or before.' }),
      },
      resolve: async (_root, { process, from, to, ...args }, context, info) => {
        const { pool } = context.database
        if (!(await existing(pool, 'Process', [process])).has(process)) {
          throw badInput('process', 'must be the ref of a process (see `processes`)', process)
        }
        if (from && to && to < from) throw badInput('to', 'must not lie before `from`', to.toISOString().slice(0, 10))
        const window = { from: from ?? undefined, until: to ? bucketAfter('DAY', to) : undefined }
        const actors = await listMediators(pool, viewpointOf(context, info), process)
        const page = resolveArrayConnection(
          { args },
          actors.map((actor): Mediator => ({ actor, process, window })),
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
