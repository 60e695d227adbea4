import { namesAt } from '../store/developmentList.ts'
import { existing, findActors } from '../store/names.ts'
import type { Context } from './context.ts'
import type { SentFilter } from './filterSent.ts'
import { badInput } from './refused.ts'

const tables = {
  process: { table: 'Process', rule: 'must be the ref of a process (see `processes`)' },
  outlet: { table: 'Outlet', rule: 'must be the ref of an outlet (see `outlets`)' },
  report: { table: 'Report', rule: 'must be the ref of a report (see `reports`)' },
  place: { table: 'Place', rule: 'must be the ref of a place (see `place` of the developments)' },
  development: { table: 'Development', rule: 'must be the ref of a development (see `developments`)' },
} as const

type Named = keyof typeof tables

/** What a filter names, looked up in the record. Both throw a GraphQLError for what the record does not know. */
export interface Names {
  /** The id of the actor that a text names. */
  actor(path: string, name: string): string
  known(named: Named, path: string, ids: readonly string[] | null | undefined): readonly string[] | undefined
  /** The developments with all refs that name them now: a link keeps the ref with which it was told. */
  linked(path: string, refs: readonly string[] | null | undefined): readonly string[] | undefined
}

/** Looks up everything that a filter names, one statement for each table that it names something of. */
export async function namesOf({ database: { pool } }: Pick<Context, 'database'>, sent: SentFilter): Promise<Names> {
  const asked = new Map<Named | 'actor', Set<string>>()
  gather(sent, (named, texts) => {
    const set = asked.get(named) ?? new Set()
    asked.set(named, set)
    for (const text of texts ?? []) set.add(text)
  })
  const textsOf = (named: Named | 'actor') => [...(asked.get(named) ?? [])]
  const find = async (named: Named) => {
    const texts = textsOf(named)
    return [named, texts.length === 0 ? new Set() : await existing(pool, tables[named].table, texts)] as const
  }
  const actorTexts = textsOf('actor')
  const [actors, linkNames, ...found] = await Promise.all([
    actorTexts.length === 0 ? new Map<string, string>() : findActors(pool, actorTexts),
    namesAt(pool, NOW, linkTargets(sent)),
    ...(Object.keys(tables) as Named[]).map(find),
  ])
  const ids = new Map(found)
  const known: Names['known'] = (named, path, wanted) => {
    const missing = wanted?.find((id) => !ids.get(named)?.has(id))
    if (missing !== undefined) throw badInput(path, tables[named].rule, missing)
    return wanted ?? undefined
  }
  return {
    known,
    linked: (path, refs) => {
      const wanted = known('development', path, refs)?.flatMap((ref) => linkNames.get(ref) ?? [])
      return wanted && [...new Set(wanted)]
    },
    actor(path, name) {
      const id = actors.get(name)
      if (id === undefined) throw badInput(path, 'must name an actor that the record knows (see `actors`)', name)
      return id
    },
  }
}

/** Later than every position of the feed. */
const NOW = 2_147_483_647

function linkTargets(sent: SentFilter): string[] {
  const parts = [...(sent.and ?? []), ...(sent.or ?? []), ...(sent.not ? [sent.not] : [])]
  return [...(sent.link?.to ?? []), ...parts.flatMap(linkTargets)]
}

type Take = (named: Named | 'actor', texts: readonly string[] | null | undefined) => void

function gather(sent: SentFilter, take: Take): void {
  for (const part of [...(sent.and ?? []), ...(sent.or ?? []), ...(sent.not ? [sent.not] : [])]) gather(part, take)
  const { ref, process, outlet, report, place, link, actor, mediator, talk } = sent
  for (const [named, texts] of Object.entries({ process, outlet, report, place })) take(named as Named, texts)
  take('development', ref)
  take('development', link?.to)
  take(
    'actor',
    actor?.map((one) => one.actor),
  )
  take('actor', mediator)
  take('actor', talk?.invitation?.actor)
}
