import type { Filter } from '../domain/filter.ts'
import type { Kind } from '../domain/kind.ts'
import { existing, findActors } from '../store/names.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { KindRef } from './development.ts'
import { badInput } from './refused.ts'
import { RoleRef } from './role.ts'
import { StatusRef } from './status.ts'

const ActorInRole = builder.inputType('ActorInRole', {
  description: 'An actor, acting itself or through whoever acts for it.',
  fields: (t) => ({
    actor: t.string({ required: true, description: 'Its ref or any of its names: "baku", "Azerbaijan".' }),
    role: t.field({ type: [RoleRef], description: 'In any of these roles; left out: in whichever.' }),
  }),
})

const Window = builder.inputType('DateWindow', {
  description: 'A span of time. A development passes if it may have happened within; one without a date never does.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'Not before; left out: unbounded.' }),
    to: t.field({ type: 'DateTime', description: 'Not after, inclusive; left out: unbounded.' }),
  }),
})

/** The filter of lists and of the feed, as it is sent. */
export const DevelopmentFilter = builder.inputType('DevelopmentFilter', {
  description: 'Which developments: every member given must hold. The same filter serves lists and the subscription.',
  fields: (t) => ({
    process: t.stringList({ description: 'Of any of these processes, by ref.' }),
    kind: t.field({ type: [KindRef], description: 'Of any of these kinds.' }),
    status: t.field({ type: [StatusRef], description: 'At any of these statuses.' }),
    actor: t.field({ type: [ActorInRole], description: 'All of these take part.' }),
    mediator: t.stringList({ description: 'All of these mediate it, by ref or name.' }),
    when: t.field({ type: Window, description: 'It may have happened within.' }),
    outlet: t.stringList({ description: 'Told by a report of any of these outlets, by ref.' }),
  }),
})

/**
 * Makes the domain's filter of what was sent; `only`: of developments of one kind. Throws a GraphQLError for a process, actor or
 * outlet that the record does not know.
 */
export async function readFilter(
  context: Pick<Context, 'database'>,
  sent: typeof DevelopmentFilter.$inferInput | null | undefined,
  only?: Kind,
): Promise<Filter> {
  if (!sent) return only === undefined ? {} : { kinds: [only] }
  const { pool } = context.database
  const mediators = (sent.mediator ?? []).map((actor) => ({ actor, role: ['MEDIATOR' as const] }))
  const wanted = [...(sent.actor ?? []), ...mediators]
  const ids = await actorIds(
    context,
    'filter.actor',
    wanted.map(({ actor }) => actor),
  )
  await known(pool, 'Process', sent.process, 'filter.process', 'must be the ref of a process (see `processes`)')
  await known(pool, 'Outlet', sent.outlet, 'filter.outlet', 'must be the ref of an outlet (see `outlets`)')
  return {
    processes: sent.process ?? undefined,
    kinds: only === undefined ? (sent.kind ?? undefined) : (sent.kind ?? [only]).filter((kind) => kind === only),
    statuses: sent.status ?? undefined,
    outlets: sent.outlet ?? undefined,
    actors:
      wanted.length === 0
        ? undefined
        : wanted.map(({ role }, i) => ({ actor: ids[i] as string, roles: role ?? undefined })),
    from: sent.when?.from?.toISOString(),
    to: sent.when?.to?.toISOString(),
  }
}

/** The ids of the actors that the texts name. Throws a GraphQLError for one that the record does not know. */
export async function actorIds(
  { database: { pool } }: Pick<Context, 'database'>,
  path: string,
  names: readonly string[],
): Promise<string[]> {
  const actors = await findActors(pool, names)
  return names.map((name) => {
    const id = actors.get(name)
    if (id === undefined) throw badInput(path, 'must name an actor that the record knows (see `actors`)', name)
    return id
  })
}

async function known(
  pool: Context['database']['pool'],
  table: 'Process' | 'Outlet',
  ids: readonly string[] | null | undefined,
  path: string,
  rule: string,
): Promise<void> {
  if (!ids || ids.length === 0) return
  const found = await existing(pool, table, ids)
  const missing = ids.find((id) => !found.has(id))
  if (missing !== undefined) throw badInput(path, rule, missing)
}
