import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Follower, Seen } from './follower.ts'

const LATE_MS = 30_000

export const changesOf = (items: readonly Seen[]) => items.filter((item) => item.__typename === 'DevelopmentChange')

/** Goes on until a follower was considered up to a position, with or without an item. */
export async function considered({ items, waitFor }: Follower, head: number): Promise<void> {
  if ((items.at(-1)?.position ?? 0) < head) await waitFor((item) => item.position >= head)
}

/**
 * Expects a follower to get the developments of the record after a position, each once and in order. It is waited for,
 * but not until the test's time is over: what it has by then says more of what is missing.
 */
export async function expectReceived(follower: Follower, refs: readonly string[], after = 0): Promise<void> {
  const arrived = new AbortController()
  const late = pause(LATE_MS, undefined, { signal: arrived.signal }).catch(() => {})
  await Promise.race([considered(follower, after + refs.length), late])
  arrived.abort()
  const got = changesOf(follower.items).map(({ position, ref }) => `${position} ${ref}`)
  expect(got).toEqual(refs.map((ref, i) => `${after + i + 1} ${ref}`))
}

/**
 * Whether a client that has got these items can be sure, from them alone, that it has lost nothing: of every item,
 * `previousPosition` is not above the position of the last cursor that it had.
 */
export function provesWhole(items: readonly Seen[]): boolean {
  return items.every(({ previousPosition }, i) => i === 0 || previousPosition <= (items[i - 1] as Seen).position)
}
