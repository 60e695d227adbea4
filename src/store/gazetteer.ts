import type { ClientBase, Pool, PoolClient } from 'pg'
import type { PlaceFacts } from '../domain/place.ts'

/** For every place, the places that enclose it, from the nearest outwards. */
export async function loadEnclosing(client: ClientBase | Pool): Promise<(place: string) => readonly string[]> {
  const { rows } = await client.query<{ id: string; withinId: string | null }>('select id, "withinId" from "Place"')
  const within = new Map(rows.map((row) => [row.id, row.withinId]))
  return (place) => {
    const enclosing: string[] = []
    for (let next = within.get(place); next; next = within.get(next)) {
      if (enclosing.includes(next)) break
      enclosing.push(next)
    }
    return enclosing
  }
}

/** What the gazetteer says of each of the places now. */
export async function loadPlaceFacts(client: PoolClient, places: readonly string[]): Promise<Map<string, PlaceFacts>> {
  if (places.length === 0) return new Map()
  const { rows } = await client.query<PlaceFacts & { place: string }>({
    name: 'load place facts',
    text: `with recursive around as (
             select id as place, id, "withinId", country, array[id] as path from "Place" where id = any($1)
             union all
             select a.place, p.id, p."withinId", p.country, a.path || p.id
             from around a join "Place" p on p.id = a."withinId" where p.id <> all (a.path)
           )
           select a.place, json_agg(a.id order by cardinality(a.path)) as places,
             (array_agg(a.country order by cardinality(a.path)) filter (where a.country is not null))[1] as country,
             p.latitude, p.longitude
           from around a join "Place" p on p.id = a.place group by a.place, p.id`,
    values: [[...new Set(places)]],
  })
  return new Map(rows.map(({ place, ...facts }) => [place, facts]))
}
