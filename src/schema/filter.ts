import { both, type Filter } from '../domain/filter.ts'
import type { Kind } from '../domain/kind.ts'
import { openPledge } from '../domain/pledge.ts'
import { statusesOf } from '../domain/status.ts'
import type { CodeName } from '../domain/vocabulary.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { type Names, namesOf } from './filterNames.ts'
import { atLeast, boundedFilter, boxOf, circleOf, countriesOf, windowOf } from './filterRules.ts'
import type { SentFilter } from './filterSent.ts'

type SentCodes = { readonly [name in CodeName]?: readonly string[] | null | undefined }

/** The filter of lists and of the feed, as it is sent; filterInput.ts says what each member means. */
export const DevelopmentFilter = builder.inputRef<SentFilter>('DevelopmentFilter')

/**
 * Makes the domain's filter of what was sent; `only`: of developments of one kind. Throws a GraphQLError for what the
 * record does not know, for values that cannot be, and for more than can be asked at once.
 */
export async function readFilter(
  context: Pick<Context, 'database'>,
  sent: SentFilter | null | undefined,
  only?: Kind,
): Promise<Filter> {
  const asked = sent ?? {}
  boundedFilter(asked)
  const filter = filterOf(asked, 'filter', await namesOf(context, asked))
  if (only === undefined) return filter
  return { ...filter, kinds: (asked.kind ?? [only]).filter((kind) => kind === only) }
}

function filterOf(sent: SentFilter, path: string, names: Names): Filter {
  const part = (one: SentFilter, member: string) => filterOf(one, `${path}.${member}`, names)
  const mediators = (sent.mediator ?? []).map((name) => ({
    actor: names.actor(`${path}.mediator`, name),
    roles: ['MEDIATOR' as const],
  }))
  const actors = (sent.actor ?? []).map(({ actor, role }) => ({
    actor: names.actor(`${path}.actor`, actor),
    roles: role ?? undefined,
  }))
  const when = windowOf(`${path}.when`, sent.when)
  const known = windowOf(`${path}.knownAt`, sent.knownAt)
  const parts = [...(sent.and ?? []).map((one, i) => part(one, `and[${i}]`)), ...kindsOf(sent, path, names)]
  return {
    and: parts.length === 0 ? undefined : parts,
    or: sent.or?.map((one, i) => part(one, `or[${i}]`)),
    not: sent.not ? part(sent.not, 'not') : undefined,
    developments: names.known('development', `${path}.ref`, sent.ref),
    processes: names.known('process', `${path}.process`, sent.process),
    kinds: sent.kind ?? undefined,
    statuses: sent.status ?? undefined,
    actors: actors.length + mediators.length === 0 ? undefined : [...actors, ...mediators],
    outlets: names.known('outlet', `${path}.outlet`, sent.outlet),
    reports: names.known('report', `${path}.report`, sent.report),
    from: when.from,
    to: when.to,
    match: when.from || when.to ? (sent.when?.match ?? undefined) : undefined,
    precisions: sent.precision ?? undefined,
    places: names.known('place', `${path}.place`, sent.place),
    countries: countriesOf(`${path}.country`, sent.country),
    near: circleOf(`${path}.near`, sent.near),
    box: boxOf(`${path}.box`, sent.box),
    knownFrom: known.from,
    knownTo: known.to,
    reportsAtLeast: atLeast(`${path}.reportsAtLeast`, sent.reportsAtLeast),
    independentSourcesAtLeast: atLeast(`${path}.independentSourcesAtLeast`, sent.independentSourcesAtLeast),
    disagreement: sent.disagreement
      ? { aspects: sent.disagreement.aspect ?? undefined, relations: sent.disagreement.relation ?? undefined }
      : undefined,
    link: sent.link
      ? { types: sent.link.type ?? undefined, to: names.linked(`${path}.link.to`, sent.link.to) }
      : undefined,
  }
}

/** What only one kind has, with the kind: `talk: {}` is every talk. */
function kindsOf(sent: SentFilter, path: string, names: Names): Filter[] {
  const { statement, talk, exchange, pledge, agreement, incident } = sent
  const found: Filter[] = []
  const add = (kind: Kind, codes: SentCodes, more: Filter = {}) =>
    found.push({ kinds: [kind], codes: told(codes), ...more })
  if (statement) add('STATEMENT', statement)
  if (talk) {
    const { invitation, ...codes } = talk
    const actors = invitation?.actor?.map((name) => names.actor(`${path}.talk.invitation.actor`, name))
    const more = { invitation: { actors, responses: invitation?.response ?? undefined } }
    add('TALK', codes, invitation ? more : {})
  }
  if (exchange) add('EXCHANGE', exchange)
  if (pledge) {
    const { open, ...codes } = pledge
    add('PLEDGE', codes, pledgeOpen(open))
  }
  if (agreement) add('AGREEMENT', agreement)
  if (incident) add('INCIDENT', incident)
  return found
}

function told(codes: SentCodes): Filter['codes'] {
  const given = Object.entries(codes).filter(([, wanted]) => wanted != null)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** Pledges that are still to be kept, or all the others; undefined: all. */
export function pledgeOpen(open: boolean | null | undefined): Filter {
  return open == null ? {} : { statuses: statusesOf('PLEDGE').filter((status) => openPledge.includes(status) === open) }
}

/** A filter, and the codes that a list's own arguments ask beyond it. */
export function withCodes(filter: Filter, codes: SentCodes): Filter {
  const given = told(codes)
  return given === undefined ? filter : both(filter, { codes: given })
}

/** The ids of the actors that the texts name. Throws a GraphQLError for one that the record does not know. */
export async function actorIds(
  context: Pick<Context, 'database'>,
  path: string,
  actors: readonly string[],
): Promise<string[]> {
  const names = await namesOf(context, { actor: actors.map((actor) => ({ actor })) })
  return actors.map((name) => names.actor(path, name))
}
