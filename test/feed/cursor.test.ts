import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCursor, encodeCursor } from '../../src/feed/cursor.ts'

const text = (plain: string) => Buffer.from(plain).toString('base64url')
const tag = '0123456789abcdef'

describe('a cursor', () => {
  it('F9 comes back from its opaque form as it was', () => {
    const cursor = fc.record({
      position: fc.integer({ min: 0, max: 2_147_483_647 }),
      tag: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 32 }),
    })
    fc.assert(
      fc.property(cursor, (one) => {
        expect(decodeCursor(encodeCursor(one))).toEqual(one)
      }),
    )
  })

  it('F9 is nothing that breaks a URL or a line', () => {
    expect(encodeCursor({ position: 2_147_483_647, tag: 'f'.repeat(32) })).toMatch(/^[\w-]+$/)
  })

  it.each([
    { given: '', what: 'empty' },
    { given: 'garbage!', what: 'no base64url' },
    { given: text('1'), what: 'no tag' },
    { given: text(`1.${tag}0x`), what: 'a tag that no server gives' },
    { given: text(`01.${tag}`), what: 'a leading zero' },
    { given: text(`-1.${tag}`), what: 'a negative position' },
    { given: text(`1.5.${tag}`), what: 'a fraction' },
    { given: text(`2147483648.${tag}`), what: 'a position beyond the database' },
    { given: text(`9999999999.${tag}`), what: 'a position beyond the database' },
    { given: text(`1.${tag}\n`), what: 'a line end' },
    { given: `${text(`1.${tag}`)} `, what: 'a space after it' },
    { given: 'A'.repeat(5000), what: 'far too long' },
  ])('F9 is not read from $what', ({ given }) => {
    expect(decodeCursor(given)).toBeUndefined()
  })
})
