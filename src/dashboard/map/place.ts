import type { PlacedFields, PlaceFields } from './placedFields.ts'

/** A place with what happened there. */
export interface PlaceOf {
  readonly place: PlaceFields
  readonly developments: readonly PlacedFields[]
  /** Longitude and latitude; null: they are not known. */
  readonly point: readonly [number, number] | null
}

/** How the map draws a place: what lies somewhere in a country has no point there. */
export type Extent = 'point' | 'area' | 'country'

/** Where things happened: each place once, those of most developments first. */
export function placesOf(developments: readonly PlacedFields[]): PlaceOf[] {
  const places = new Map<string, PlacedFields[]>()
  for (const development of developments) {
    if (development.place === null) continue
    const { ref } = development.place
    places.set(ref, [...(places.get(ref) ?? []), development])
  }
  return [...places.values()]
    .map((there) => placeOf((there[0] as PlacedFields).place as PlaceFields, there))
    .toSorted((a, b) => b.developments.length - a.developments.length)
}

function placeOf(place: PlaceFields, developments: readonly PlacedFields[]): PlaceOf {
  const { longitude, latitude } = place
  return { place, developments, point: longitude === null || latitude === null ? null : [longitude, latitude] }
}

/** By UCDP GED where_prec. */
export function extentOf({ precision }: PlaceFields): Extent {
  if (precision === 1 || precision === 2) return 'point'
  return precision === 6 ? 'country' : 'area'
}

const precisions: Readonly<Record<number, string>> = {
  1: 'exactly there',
  2: 'near there',
  3: 'somewhere in the district',
  4: 'somewhere in the province',
  5: 'along a line or in a region',
  6: 'somewhere in the country',
  7: 'in international waters or airspace',
}

/** How exactly the place is known. */
export function precisionInWords({ precision }: PlaceFields): string {
  return (precision === null ? undefined : precisions[precision]) ?? 'not told how exactly'
}
