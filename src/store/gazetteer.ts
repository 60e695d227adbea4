import type { PoolClient } from 'pg'

/** For every place, the place that it lies within; null: none. */
export async function loadPlaces(client: PoolClient): Promise<Map<string, string | null>> {
  const { rows } = await client.query<{ id: string; withinId: string | null }>('select id, "withinId" from "Place"')
  return new Map(rows.map((row) => [row.id, row.withinId]))
}

/** For every place, the places that enclose it, from the nearest outwards. */
export async function loadEnclosing(client: PoolClient): Promise<(place: string) => readonly string[]> {
  return enclosingIn(await loadPlaces(client))
}

export function enclosingIn(within: ReadonlyMap<string, string | null>): (place: string) => readonly string[] {
  return (place) => {
    const enclosing: string[] = []
    for (let next = within.get(place); next; next = within.get(next)) {
      if (enclosing.includes(next)) break
      enclosing.push(next)
    }
    return enclosing
  }
}
