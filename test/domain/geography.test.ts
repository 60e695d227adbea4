import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, boxAround, isNear, isWithin, reach } from '../../src/domain/geography.ts'

const yerevan = { latitude: 40.18, longitude: 44.51 }
const latitude = fc.double({ min: -90, max: 90, noNaN: true })
const longitude = fc.double({ min: -180, max: 180, noNaN: true })
const kilometres = fc.double({ min: 0.001, max: 20_015, noNaN: true })

describe('a circle', () => {
  // Great-circle distances on the sphere of radius 6371.0088 km, from the spherical law of cosines.
  it.each([
    ['Baku', { latitude: 40.41, longitude: 49.87 }, 454.5],
    ['Brussels', { latitude: 50.85, longitude: 4.35 }, 3298],
    ['itself', yerevan, 0.001],
    ['the other side of the Earth', { latitude: -40.18, longitude: -135.49 }, 20_015.1],
    ['the North Pole', { latitude: 90, longitude: -77 }, 5_540],
  ])('of its radius around Yerevan reaches %s, one a little smaller does not', (_, there, distance) => {
    const [near, far] = [distance * 0.995, distance * 1.005]
    expect(isNear({ ...yerevan, kilometres: far }, there)).toBe(true)
    if (distance > 1) expect(isNear({ ...yerevan, kilometres: near }, there)).toBe(false)
  })

  it('reaches across the 180th meridian', () => {
    const fiji = { latitude: -17, longitude: 179.9 }
    expect(isNear({ ...fiji, kilometres: 50 }, { latitude: -17, longitude: -179.8 })).toBe(true)
    expect(isNear({ ...fiji, kilometres: 20 }, { latitude: -17, longitude: -179.8 })).toBe(false)
  })

  it('that goes half the way round holds everything', () => {
    expect(reach({ ...yerevan, kilometres: 20_016 })).toBe(1)
  })

  it('lies wholly in the box around it', () => {
    fc.assert(
      fc.property(latitude, longitude, kilometres, latitude, longitude, (lat, lon, radius, north, east) => {
        const [circle, there] = [
          { latitude: lat, longitude: lon, kilometres: radius },
          { latitude: north, longitude: east },
        ]
        fc.pre(isNear(circle, there))
        expect(isWithin(boxAround(circle), there)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is not much smaller than the box around it', () => {
    const { south, west, north, east } = boxAround({ ...yerevan, kilometres: 100 })
    expect([south, north].map((degrees) => degrees - yerevan.latitude)).toEqual([
      expect.closeTo(-0.9, 2),
      expect.closeTo(0.9, 2),
    ])
    expect([west, east].map((degrees) => degrees - yerevan.longitude)).toEqual([
      expect.closeTo(-1.18, 2),
      expect.closeTo(1.18, 2),
    ])
  })
})

describe('a box', () => {
  const pacific: Box = { south: -20, west: 175, north: -10, east: -175 }
  const upToIt: Box = { south: -20, west: 170, north: -10, east: 180 }
  const fromIt: Box = { south: -20, west: -180, north: -10, east: -170 }
  it.each<[string, Box, number, boolean]>([
    ['that crosses the 180th meridian holds what is west of it', pacific, 179, true],
    ['that crosses it holds what is east of it', pacific, -179, true],
    ['that crosses it holds nothing on the other side of the Earth', pacific, 0, false],
    ['that ends at it holds it by either name', upToIt, -180, true],
    ['that begins at it holds it by either name', fromIt, 180, true],
    ['that ends at it holds nothing beyond', upToIt, -179, false],
    ['holds its own edge', upToIt, 170, true],
  ])('%s', (_, box, east, expected) => {
    expect(isWithin(box, { latitude: -17, longitude: east })).toBe(expected)
    expect(isWithin(box, { latitude: -21, longitude: east })).toBe(false)
  })
})
