import type { Pool } from 'pg'
import type { ActorKind, NameKind } from './prisma/enums.ts'

/** A place in a list of identities that are ordered so that each comes after those that it names. */
export interface IdentityKey {
  /** How many steps it lies above the ones that name nobody. */
  readonly depth: number
  readonly id: string
}

/** Where every list of identities begins. */
export const firstIdentity: IdentityKey = { depth: -1, id: '' }

type Keyed<T> = T & { readonly depth: number }

export interface ExportedOutlet {
  readonly id: string
  readonly name: string
  readonly wikidata: string | null
}

export interface ExportedPlace {
  readonly id: string
  readonly name: string
  readonly country: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly precision: number | null
  readonly within: string | null
  readonly wikidata: string | null
}

export interface ExportedActor {
  readonly id: string
  readonly kind: ActorKind
  readonly name: string
  readonly description: string | null
  readonly country: string | null
  readonly wikidata: string | null
  readonly partOf: string | null
  readonly names: readonly { readonly name: string; readonly kind: NameKind }[]
  readonly offices: readonly {
    readonly title: string
    readonly organisation: string | null
    readonly from: string | null
    readonly to: string | null
  }[]
}

export interface ExportedProcess {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly parties: readonly string[]
  readonly mediators: readonly string[]
}

// A ring of actors would be climbed for ever.
const DEEPEST = 32

/** How deep each one lies, by the edges from `child` to the `parent` that it names. */
const deep = (table: string, edges: string) => `with recursive edge (child, parent) as (${edges}),
  climbed (id, depth) as (select id, 0 from "${table}"
    union select e.child, c.depth + 1 from climbed c join edge e on e.parent = c.id where c.depth < ${DEEPEST}),
  deep as (select id, max(depth) as depth from climbed group by id having (max(depth), id) > ($1, $2)
    order by 2, 1 limit $3)`

export async function readOutlets(pool: Pool, { id }: IdentityKey, limit: number): Promise<Keyed<ExportedOutlet>[]> {
  const { rows } = await pool.query<Keyed<ExportedOutlet>>(
    'select id, name, wikidata, 0 as depth from "Outlet" where id > $1 order by id limit $2',
    [id, limit],
  )
  return rows
}

export async function readPlaces(pool: Pool, after: IdentityKey, limit: number): Promise<Keyed<ExportedPlace>[]> {
  const { rows } = await pool.query<Keyed<ExportedPlace>>(
    `${deep('Place', 'select id, "withinId" from "Place" where "withinId" is not null')}
     select p.id, p.name, p.country, p.latitude, p.longitude, p.precision, p."withinId" as within, p.wikidata, deep.depth
     from deep join "Place" p on p.id = deep.id order by deep.depth, deep.id`,
    [after.depth, after.id, limit],
  )
  return rows
}

/** Actors, each after the one that it is part of and those whose offices it holds. */
export async function readActors(pool: Pool, after: IdentityKey, limit: number): Promise<Keyed<ExportedActor>[]> {
  const { rows } = await pool.query<Keyed<ExportedActor>>(
    `${deep(
      'Actor',
      `select id, "partOfId" from "Actor" where "partOfId" is not null
       union select "actorId", "organisationId" from "Office" where "organisationId" is not null`,
    )}
     select a.id, a.kind, a.name, a.description, a.country, a.wikidata, a."partOfId" as "partOf", deep.depth,
       coalesce((select json_agg(json_build_object('name', n.name, 'kind', n.kind) order by n.key)
         from "ActorName" n where n."actorId" = a.id and n.name <> a.name), '[]') as names,
       coalesce((select json_agg(json_build_object('title', o.title, 'organisation', o."organisationId", 'from', o."from", 'to', o."to")
         order by o.title) from "Office" o where o."actorId" = a.id), '[]') as offices
     from deep join "Actor" a on a.id = deep.id order by deep.depth, deep.id`,
    [after.depth, after.id, limit],
  )
  return rows
}

export async function readProcesses(pool: Pool, { id }: IdentityKey, limit: number): Promise<Keyed<ExportedProcess>[]> {
  const members = (part: string) =>
    `array(select m."actorId" from "ProcessActor" m where m."processId" = p.id and m.part = '${part}' order by 1)`
  const { rows } = await pool.query<Keyed<ExportedProcess>>(
    `select p.id, p.name, p.summary, ${members('PARTY')} as parties, ${members('MEDIATOR')} as mediators, 0 as depth
     from "Process" p where p.id > $1 order by p.id limit $2`,
    [id, limit],
  )
  return rows
}
