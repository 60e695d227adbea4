import { setTimeout as passed } from 'node:timers/promises'
import { isUnavailable } from '../../src/store/unavailable.ts'

const PAUSE_MS = 100

/** Does something with the database, again and again while that is away. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error)) throw error
      await passed(PAUSE_MS)
    }
  }
}

/** Passes time as somebody does who thinks; at once over when there is no more time. */
export async function think(ms: number, signal: AbortSignal): Promise<void> {
  await passed(ms, undefined, { signal }).catch(() => {})
}

/** Gives up waiting after so many milliseconds, and says so by false. */
export async function within(ms: number, what: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController()
  const late = passed(ms, false, { signal: waiting.signal }).catch(() => false)
  try {
    return await Promise.race([what.then(() => true), late])
  } finally {
    waiting.abort()
  }
}
