import { describe, expect, it } from 'vitest'
import { createRing } from '../../src/feed/ring.ts'
import { entry } from '../support/entries.ts'

const roomy = { entries: 100, bytes: 1_000_000 }
const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i))
const positions = (entries: readonly { position: number }[] | undefined) => entries?.map(({ position }) => position)

describe('the ring', () => {
  it('F4 gives what comes after a position, and says when it does not reach back so far', () => {
    const ring = createRing(roomy, 7)
    ring.push(some(8, 12))
    expect(positions(ring.read(7, 100))).toEqual([8, 9, 10, 11, 12])
    expect(positions(ring.read(9, 2))).toEqual([10, 11])
    expect(ring.read(12, 100)).toEqual([])
    expect(ring.read(6, 100)).toBeUndefined()
  })

  it('F4 knows where it begins before anything has happened', () => {
    const ring = createRing(roomy, 7)
    expect(ring.read(7, 100)).toEqual([])
    expect(ring.read(6, 100)).toBeUndefined()
    // Another server's cursor may be ahead of what this process has heard.
    expect(ring.read(9, 100)).toEqual([])
  })

  it('F5 keeps the newest, contiguous, and at most a quarter more than its capacity', () => {
    const ring = createRing({ ...roomy, entries: 8 }, 0)
    for (let head = 1; head <= 50; head++) {
      ring.push(some(head, head))
      const reach = Array.from({ length: head + 1 }, (_, after) => after).filter((after) => ring.read(after, 100))
      const first = Math.min(...reach)
      expect(head - first).toBeGreaterThanOrEqual(Math.min(8, head))
      expect(head - first).toBeLessThanOrEqual(10)
      expect(positions(ring.read(first, 100))).toEqual(some(first + 1, head).map(({ position }) => position))
    }
  })

  it('F5 keeps no more bytes than it may, and the newest however large it is', () => {
    const size = Buffer.byteLength(JSON.stringify(entry(10)))
    const ring = createRing({ ...roomy, bytes: 5 * size }, 9)
    ring.push(some(10, 40))
    expect(positions(ring.read(35, 100))).toEqual([36, 37, 38, 39, 40])
    expect(ring.read(34, 100)).toBeUndefined()
    ring.push([entry(41, { development: 'x'.repeat(10 * size) })])
    expect(positions(ring.read(40, 100))).toEqual([41])
    expect(ring.read(39, 100)).toBeUndefined()
  })

  it('F11 takes back what it keeps of a development that is retracted, and gives it again when that is reinstated', () => {
    const ring = createRing(roomy, 0)
    const withheld = () => ring.read(0, 100)?.map((e) => e.withheld)
    ring.push([entry(1, { development: 'a' }), entry(2, { development: 'b' }), entry(3, { development: 'a' })])
    ring.push([entry(4, { development: 'a', action: 'RETRACTED', withheld: true })])
    expect(withheld()).toEqual([true, false, true, true])
    ring.push([entry(5, { development: 'a', action: 'REINSTATED' })])
    expect(withheld()).toEqual([false, false, false, false, false])
    // What is merged is not withheld, but goes with what it was merged into.
    ring.push([entry(6, { development: 'b', action: 'MERGED' })])
    expect(withheld()).toEqual([false, false, false, false, false, false])
    ring.push([entry(7, { development: 'a', action: 'RETRACTED', absorbed: ['b'], withheld: true })])
    expect(withheld()).toEqual([true, true, true, true, true, true, true])
    ring.push([entry(8, { development: 'a', action: 'REINSTATED', absorbed: ['b'] })])
    expect(withheld()).toEqual([false, false, false, false, false, false, false, false])
  })
})
