/** All within a distance of a point, in kilometres along the surface. Degrees are WGS 84, north and east positive. */
export interface Circle {
  readonly latitude: number
  readonly longitude: number
  readonly kilometres: number
}

/** All between two parallels and two meridians, inclusive. Where `west` is greater than `east` it crosses the 180th meridian. */
export interface Box {
  readonly south: number
  readonly west: number
  readonly north: number
  readonly east: number
}

export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** The mean radius of the Earth (IUGG, R1); taking it for a sphere is wrong by half a percent at the most. */
const RADIUS_KM = 6371.0088
/** Half the way round: nothing is farther away. */
export const FARTHEST_KM = Math.PI * RADIUS_KM

const radians = (degrees: number) => (degrees * Math.PI) / 180
const degrees = (angle: number) => (angle * 180) / Math.PI

export function isNear(circle: Circle, { latitude, longitude }: Coordinates): boolean {
  const north = Math.sin(radians(latitude - circle.latitude) / 2) ** 2
  const east = Math.sin(radians(longitude - circle.longitude) / 2) ** 2
  return north + Math.cos(radians(circle.latitude)) * Math.cos(radians(latitude)) * east <= reach(circle)
}

/** The haversine of a circle's radius: what `isNear`, here and in SQL, compares with. */
export function reach({ kilometres }: Circle): number {
  return Math.sin(Math.min(kilometres / RADIUS_KM, Math.PI) / 2) ** 2
}

export function isWithin(box: Box, { latitude, longitude }: Coordinates): boolean {
  return stripes(box).some(
    ({ south, west, north, east }) => south <= latitude && latitude <= north && west <= longitude && longitude <= east,
  )
}

/** The box as boxes that do not cross the 180th meridian, which is east and west of Greenwich alike. */
export function stripes(box: Box): Box[] {
  const { west, east } = box
  if (west > east) return [...stripes({ ...box, east: 180 }), ...stripes({ ...box, west: -180 })]
  const found = [box]
  if (east === 180) found.push({ ...box, west: -180, east: -180 })
  if (west === -180) found.push({ ...box, west: 180, east: 180 })
  return found
}

/** A box that holds all of a circle: what an index can look up. */
export function boxAround({ latitude, longitude, kilometres }: Circle): Box {
  // Wider than it need be, so that rounding leaves nothing out.
  const angle = kilometres / RADIUS_KM + 1e-7
  const [south, north] = [latitude - degrees(angle), latitude + degrees(angle)]
  if (south <= -90 || north >= 90)
    return { south: Math.max(south, -90), west: -180, north: Math.min(north, 90), east: 180 }
  const width = degrees(Math.asin(Math.min(Math.sin(angle) / Math.cos(radians(latitude)), 1)))
  return { south, west: turned(longitude - width), north, east: turned(longitude + width) }
}

function turned(longitude: number): number {
  if (longitude < -180) return longitude + 360
  return longitude > 180 ? longitude - 360 : longitude
}
