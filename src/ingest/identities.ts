import { nameKey } from '../domain/actor.ts'
import { existing, findActors } from '../store/names.ts'
import type { Pen } from '../store/pen.ts'
import { insertMissing, type Rows } from '../store/rows.ts'
import type { Identities } from './contractIdentity.ts'
import { type Problem, problem, Refusal } from './refusal.ts'

/**
 * Adds the outlets, places and actors that the record does not know yet. One that it knows gains names and offices;
 * a name that belongs to another actor is refused, since a later dispatch would be credited to the wrong one. Returns
 * whether anything was new.
 */
export async function introduce(pen: Pen, { outlets, places, actors }: Identities): Promise<boolean> {
  let added = await insertMissing(pen.client, 'Outlet', outlets)
  added += await introducePlaces(pen, places)
  added += await introduceActors(pen, actors)
  if (added > 0) pen.identityChanged()
  return added > 0
}

async function introducePlaces(pen: Pen, places: Identities['places']): Promise<number> {
  const known = await existing(
    pen.client,
    'Place',
    places.flatMap((p) => p.within ?? []),
  )
  const introduced = new Set(places.map((p) => p.id))
  const problems = places.flatMap(({ within }, i) =>
    within === undefined || known.has(within) || introduced.has(within)
      ? []
      : [problem(['places', i, 'within'], 'must be a place that the record knows or the dispatch introduces', within)],
  )
  if (problems.length > 0) throw new Refusal(problems)
  return insertMissing(
    pen.client,
    'Place',
    places.map(({ within, ...place }) => ({ ...place, withinId: within ?? null })),
  )
}

async function introduceActors(pen: Pen, actors: Identities['actors']): Promise<number> {
  const names = actors.flatMap((actor, i) => [
    { path: ['actors', i, 'name'], actor: actor.id, name: actor.name, kind: 'OFFICIAL' as const },
    ...actor.names.map(({ name, kind }, j) => ({
      path: ['actors', i, 'names', j, 'name'],
      actor: actor.id,
      name,
      kind,
    })),
  ])
  // An id is looked up like a name: it must not be another actor's either.
  const claims = [...actors.map(({ id }, i) => ({ path: ['actors', i, 'id'], actor: id, name: id })), ...names]
  const owners = await findActors(
    pen.client,
    claims.map((n) => n.name),
  )
  const claimed = new Map<string, string>()
  const problems: Problem[] = []
  for (const { path, actor, name } of claims) {
    const owner = owners.get(name) ?? claimed.get(nameKey(name)) ?? actor
    claimed.set(nameKey(name), actor)
    if (owner !== actor) problems.push(problem(path, `must not be a name of another actor (${owner})`, name))
  }
  problems.push(...(await kindProblems(pen, actors)))
  const references = actors.flatMap(({ partOf, offices }, i) => [
    ...(partOf === undefined ? [] : [{ path: ['actors', i, 'partOf'], name: partOf }]),
    ...offices.flatMap(({ organisation }, j) =>
      organisation === undefined ? [] : [{ path: ['actors', i, 'offices', j, 'organisation'], name: organisation }],
    ),
  ])
  const introduced = new Map(names.map((n) => [nameKey(n.name), n.actor]))
  for (const { id } of actors) introduced.set(id, id)
  const known = await findActors(
    pen.client,
    references.map((r) => r.name),
  )
  const find = (name: string) => known.get(name) ?? introduced.get(name) ?? introduced.get(nameKey(name))
  for (const { path, name } of references) {
    if (find(name) === undefined) problems.push(problem(path, unknownActor, name))
  }
  if (problems.length > 0) throw new Refusal(problems)

  const { client } = pen
  const rows: Rows['Actor'][] = actors.map(({ id, kind, name, description, country, wikidata, partOf }) => ({
    ...{ id, kind, name, description: description ?? null, country: country ?? null, wikidata: wikidata ?? null },
    partOfId: partOf === undefined ? null : (find(partOf) as string),
  }))
  let added = await insertMissing(client, 'Actor', rows)
  added += await insertMissing(
    client,
    'ActorName',
    names.map(({ actor, name, kind }) => ({ key: nameKey(name), actorId: actor, name, kind })),
  )
  added += await insertMissing(
    client,
    'Office',
    actors.flatMap(({ id, offices }) =>
      offices.map(({ title, organisation, from, to }) => ({
        ...{ actorId: id, title, from: from ?? null, to: to ?? null },
        organisationId: organisation === undefined ? null : (find(organisation) as string),
      })),
    ),
  )
  return added
}

/** What a refusal says of a name that nobody has. */
export const unknownActor = 'must name an actor that the record knows, or the dispatch must introduce it under `actors`'

async function kindProblems(pen: Pen, actors: Identities['actors']): Promise<Problem[]> {
  const { rows } = await pen.client.query<{ id: string; kind: string }>(
    'select id, kind from "Actor" where id = any($1)',
    [actors.map((a) => a.id)],
  )
  const kinds = new Map(rows.map((row) => [row.id, row.kind]))
  return actors.flatMap(({ id, kind }, i) => {
    const known = kinds.get(id)
    return known === undefined || known === kind
      ? []
      : [problem(['actors', i, 'kind'], `must be ${known}: the record knows ${id} as one`, kind)]
  })
}
