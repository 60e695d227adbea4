import { existing, findActors } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import { unknownActor } from './identities.ts'
import { type Path, type Problem, problem } from './refusal.ts'

/** The members, anywhere in a development, that name an actor. */
const actorMembers = new Set([
  ...['actor', 'onBehalfOf', 'claimant', 'attributedTo', 'speaker', 'invitee', 'invitedBy', 'respondedBy'],
  ...['releasedBy', 'receivedBy'],
])

const placesAndOutlets = new Map([
  ['place', 'place'],
  ['via', 'outlet'],
] as const) as ReadonlyMap<string, 'place' | 'outlet'>

/** A name in the place of which an id is put. */
export interface Reference {
  readonly to: 'actor' | 'place' | 'outlet'
  readonly path: Path
  readonly name: string
  readonly set: (id: string) => void
}

/** What names mean. */
export interface Names {
  /** Ids by id or by any name. */
  readonly actors: ReadonlyMap<string, string>
  readonly places: { has(id: string): boolean }
  readonly outlets: { has(id: string): boolean }
}

/** Puts ids in the place of names, anywhere below `node`; returns what names nothing. */
export async function resolveNames(pen: Pen, node: object, path: Path): Promise<Problem[]> {
  const references = referencesIn(node, path)
  return settleNames(references, {
    actors: await findActors(pen.client, namesOf('actor', references)),
    places: await existing(pen.client, 'Place', namesOf('place', references)),
    outlets: await existing(pen.client, 'Outlet', namesOf('outlet', references)),
  })
}

/** Puts ids in the place of names; returns what names nothing. */
export function settleNames(references: readonly Reference[], { actors, places, outlets }: Names): Problem[] {
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

export function namesOf(to: Reference['to'], references: readonly Reference[]): string[] {
  return [...new Set(references.filter((r) => r.to === to).map((r) => r.name))]
}

/** Every name below `node`, wherever it stands. */
export function referencesIn(node: object, path: Path): Reference[] {
  const found: Reference[] = []
  const add = (to: Reference['to'], holder: object, key: string, at: Path) => {
    const holding = holder as Record<string, unknown>
    const set = (id: string) => {
      holding[key] = id
    }
    found.push({ to, path: at, name: holding[key] as string, set })
  }
  const walk = (parent: object, above: Path) => {
    for (const member of Object.keys(parent)) {
      const value: unknown = (parent as Record<string, unknown>)[member]
      if (typeof value === 'string') {
        const to = actorMembers.has(member) ? 'actor' : placesAndOutlets.get(member)
        if (to !== undefined) add(to, parent, member, [...above, member])
      } else if (typeof value === 'object' && value !== null) {
        const here = [...above, Array.isArray(parent) ? Number(member) : member]
        // A claim's actor is an object: its id may be any name.
        if (member === 'actor') add('actor', value, 'id', [...here, 'id'])
        // A response is known by who was invited.
        if ('aspect' in value && value.aspect === 'RESPONSE') add('actor', value, 'key', [...here, 'key'])
        walk(value, here)
      }
    }
  }
  walk(node, path)
  return found
}
