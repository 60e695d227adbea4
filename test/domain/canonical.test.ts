import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, isSame } from '../../src/domain/canonical.ts'

const value = fc.object({
  key: fc.constantFrom('a', 'b', 'c', 'toString'),
  values: [fc.constantFrom(undefined, null, 0, -0, 1, '', 'a', true)],
  withNullPrototype: true,
  maxDepth: 2,
  maxKeys: 3,
})

describe('canonical JSON', () => {
  it('has sorted keys and nothing undefined', () => {
    expect(canonical({ b: [1, { d: undefined, c: 'é"' }], a: null, e: undefined })).toBe(
      '{"a":null,"b":[1,{"c":"é\\""}]}',
    )
    expect(canonical(undefined)).toBe('null')
  })

  it('is the same exactly where values are the same', () => {
    let same = 0
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(isSame(a, b)).toBe(canonical(a) === canonical(b))
        same += canonical(a) === canonical(b) ? 1 : 0
        expect(isSame(a, structuredClone({ ...a }))).toBe(true)
      }),
      { numRuns: 2000 },
    )
    expect(same).toBeGreaterThan(0)
    for (const [a, b] of [
      [{ a: undefined }, {}],
      [{}, { a: undefined, b: undefined }],
      [[undefined], [null]],
      [{ a: [] }, { a: {} }],
      [null, {}],
    ]) {
      expect(isSame(a, b)).toBe(canonical(a) === canonical(b))
    }
  })
})
