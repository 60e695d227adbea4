import type { ClientBase, Pool } from 'pg'

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
