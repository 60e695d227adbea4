import type { FeatureCollection, MultiLineString, MultiPolygon } from 'geojson'
import { feature, merge, mesh } from 'topojson-client'
import type { MultiPolygon as Arcs, GeometryCollection, Polygon, Topology } from 'topojson-specification'
import fine from 'world-atlas/countries-50m.json?url'
import coarse from 'world-atlas/countries-110m.json?url'

/** The land and countries of the earth, of Natural Earth: at a scale of 1 to 110 million or to 50 million. */
export interface Outline {
  readonly land: MultiPolygon
  /** Between countries, each once. */
  readonly borders: MultiLineString
  readonly countries: FeatureCollection
}

/** How closely an outline is drawn. */
export type Detail = 'coarse' | 'fine'

type Atlas = Topology<{ countries: GeometryCollection }>

/** Loads an outline from this page's server. Rejects where it does not answer. */
export async function loadOutline(detail: Detail): Promise<Outline> {
  const response = await fetch(detail === 'fine' ? fine : coarse)
  if (!response.ok) throw new Error(`the outline was answered with ${response.status}`)
  const atlas: Atlas = await response.json()
  const { countries } = atlas.objects
  return {
    land: merge(atlas, countries.geometries as (Arcs | Polygon)[]),
    borders: mesh(atlas, countries, (one, other) => one !== other),
    countries: feature(atlas, countries),
  }
}
