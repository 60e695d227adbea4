import { describe, expect, test } from 'vitest'
import { delayMs, RETRY, wait } from '../../src/client/delay.ts'

describe('the delay before the next try', () => {
  test('doubles with each failure, up to a limit that no number of them exceeds', () => {
    const longest = [1, 2, 3, 7, 8, 1000, Number.POSITIVE_INFINITY].map((failures) => delayMs(failures, RETRY, () => 1))
    expect(longest).toEqual([500, 1000, 2000, 30_000, 30_000, 30_000, 30_000])
  })

  test('is between half of that and all of it, so that not all come at once', () => {
    expect(delayMs(3, RETRY, () => 0)).toBe(1000)
    const some = new Set(Array.from({ length: 20 }, () => delayMs(3, RETRY)))
    expect(some.size).toBeGreaterThan(10)
  })

  test('is cut short when a browser is online again, and leaves no listener', async () => {
    const target = new EventTarget()
    const listening = new Set<unknown>()
    const global = globalThis as { addEventListener?: unknown; removeEventListener?: unknown }
    global.addEventListener = (type: string, listener: () => void) => {
      listening.add(listener)
      target.addEventListener(type, listener)
    }
    global.removeEventListener = (_: string, listener: () => void) => listening.delete(listener)
    try {
      const { over } = wait(60_000)
      expect(listening.size).toBe(1)
      target.dispatchEvent(new Event('online'))
      await over
      expect(listening.size).toBe(0)
    } finally {
      delete global.addEventListener
      delete global.removeEventListener
    }
  })
})
