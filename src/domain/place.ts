/** What the gazetteer knows of a place, and what a revision keeps of it. */
export interface PlaceFacts {
  /** The place itself and those that enclose it, from the nearest outwards. */
  readonly places: readonly string[]
  /** ISO 3166-1 alpha-2, its own or that of the nearest place around it that has one. */
  readonly country: string | null
  /** Degrees, WGS 84; its own: what encloses it may be large. */
  readonly latitude: number | null
  readonly longitude: number | null
}

export const nowhere: PlaceFacts = { places: [], country: null, latitude: null, longitude: null }
