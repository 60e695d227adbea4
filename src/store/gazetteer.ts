import type { ClientBase, Pool } from 'pg'
import type { PlaceFacts } from '../domain/place.ts'

/** The places that the record knows. */
export interface Gazetteer {
  has(place: string): boolean
  /** The places that enclose a place, from the nearest outwards. */
  enclosing(place: string): readonly string[]
  /** What is said of a place now; undefined: it is unknown. */
  facts(place: string): PlaceFacts | undefined
}

interface PlaceRow extends Pick<PlaceFacts, 'country' | 'latitude' | 'longitude'> {
  readonly id: string
  readonly withinId: string | null
}

/** Loads all of it: places are few beside what happens at them. */
export async function loadGazetteer(client: ClientBase | Pool): Promise<Gazetteer> {
  const { rows } = await client.query<PlaceRow>({
    name: 'load gazetteer',
    text: 'select id, "withinId", country, latitude, longitude from "Place"',
  })
  const known = new Map(rows.map((row) => [row.id, row]))

  function enclosing(place: string): string[] {
    const found: string[] = []
    for (let next = known.get(place)?.withinId; next; next = known.get(next)?.withinId) {
      if (found.includes(next)) break
      found.push(next)
    }
    return found
  }

  function factsOf(place: string): PlaceFacts | undefined {
    const own = known.get(place)
    if (own === undefined) return undefined
    const places = [place, ...enclosing(place).filter((around) => around !== place)]
    const country = places.map((id) => known.get(id)?.country ?? null).find((code) => code !== null) ?? null
    return { places, country, latitude: own.latitude, longitude: own.longitude }
  }

  // Much happens at few places.
  const found = new Map<string, PlaceFacts | undefined>()
  return {
    has: (place) => known.has(place),
    enclosing,
    facts(place) {
      if (!found.has(place)) found.set(place, factsOf(place))
      return found.get(place)
    },
  }
}
