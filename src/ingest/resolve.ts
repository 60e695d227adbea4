import type { Account } from '../domain/evidence.ts'
import { existing, findActors } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import type { DevelopmentSent, Dispatch } from './contract.ts'
import { unknownActor } from './identities.ts'
import { type Path, type Problem, problem, Refusal } from './refusal.ts'

/** The members, anywhere in a development, that name an actor. */
const actorMembers = new Set([
  ...['actor', 'onBehalfOf', 'claimant', 'attributedTo', 'speaker', 'invitee', 'invitedBy', 'respondedBy'],
  ...['releasedBy', 'receivedBy'],
])

interface Reference {
  readonly to: 'actor' | 'place' | 'outlet'
  readonly path: Path
  readonly name: string
  readonly set: (id: string) => void
}

/**
 * Turns the names in a dispatch's developments into ids, after its identities were introduced.
 * Everything that cannot be resolved is refused at once, each with its path.
 */
export async function resolveAccounts(pen: Pen, dispatch: Dispatch): Promise<Account[]> {
  const developments = structuredClone(dispatch.developments)
  const problems = [
    ...(await resolveNames(pen, developments, ['developments'])),
    ...(await linkProblems(pen, developments)),
  ]
  if (problems.length > 0) throw new Refusal(problems)
  return developments.map(keyed)
}

/** Puts ids in the place of names, anywhere below `node`; returns what names nothing. */
export async function resolveNames(pen: Pen, node: object, path: Path): Promise<Problem[]> {
  const references = referencesIn(node, path)
  const actors = await findActors(pen.client, namesOf('actor', references))
  const places = await existing(pen.client, 'Place', namesOf('place', references))
  const outlets = await existing(pen.client, 'Outlet', namesOf('outlet', references))
  const problems: Problem[] = []
  for (const { to, path: at, name, set } of references) {
    const known = to === 'place' ? places.has(name) : outlets.has(name)
    const id = to === 'actor' ? actors.get(name) : known ? name : undefined
    if (id === undefined) problems.push(problem(at, unknown[to], name))
    else set(id)
  }
  return problems
}

const unknown: Record<Reference['to'], string> = {
  actor: unknownActor,
  place: 'must be a place that the record knows or the dispatch introduces',
  outlet: 'must be an outlet that the record knows or the dispatch introduces',
}

function namesOf(to: Reference['to'], references: readonly Reference[]): string[] {
  return [...new Set(references.filter((r) => r.to === to).map((r) => r.name))]
}

function referencesIn(node: object, path: Path): Reference[] {
  return Object.entries(node).flatMap(([member, value]: [string, unknown]): Reference[] => {
    const here = [...path, Array.isArray(node) ? Number(member) : member]
    const reference = (to: Reference['to'], holder: object, key: string, at: Path): Reference[] => {
      const holding = holder as Record<string, unknown>
      const set = (id: string) => {
        holding[key] = id
      }
      return [{ to, path: at, name: holding[key] as string, set }]
    }
    if (typeof value === 'string') {
      if (actorMembers.has(member)) return reference('actor', node, member, here)
      if (member === 'place') return reference('place', node, member, here)
      return member === 'via' ? reference('outlet', node, member, here) : []
    }
    if (typeof value !== 'object' || value === null) return []
    // A claim's actor is an object: its id may be any name.
    const own = member === 'actor' ? reference('actor', value, 'id', [...here, 'id']) : []
    // A response is known by who was invited.
    const key =
      'aspect' in value && value.aspect === 'RESPONSE' ? reference('actor', value, 'key', [...here, 'key']) : []
    return [...own, ...key, ...referencesIn(value, here)]
  })
}

async function linkProblems(pen: Pen, developments: readonly DevelopmentSent[]): Promise<Problem[]> {
  const sent = new Set(developments.map((d) => d.ref))
  const targets = developments.flatMap(({ links }, i) =>
    links.map(({ to }, j) => ({ to, path: ['developments', i, 'links', j, 'to'] })),
  )
  const elsewhere = targets.filter(({ to }) => !sent.has(to))
  const known = await existing(
    pen.client,
    'Development',
    elsewhere.map((t) => t.to),
  )
  return elsewhere.flatMap(({ to, path }) =>
    known.has(to) ? [] : [problem(path, 'must be the ref of a development in the dispatch or the record', to)],
  )
}

/** Names each citation, so that values can be tied to it. */
function keyed(development: DevelopmentSent): Account {
  return { ...development, citations: development.citations.map((c, i) => ({ ...c, key: c.key ?? `c${i + 1}` })) }
}
