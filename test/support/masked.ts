import { expect } from 'vitest'
import type { Refused } from './follower.ts'

const UNAVAILABLE = 'UNAVAILABLE'
// That it is UNAVAILABLE and nothing else is promised when the second one is gone from here.
const codes: unknown[] = [UNAVAILABLE, 'INTERNAL_SERVER_ERROR']

/** Where and with what it runs is nobody's business, nor is how it failed within. */
const internal =
  /127\.0\.0\.1|localhost|:\d{4,5}\b|ECONN|EPIPE|postgres|prisma|\bpg\b|pool|sql|57P0|terminat|shutting|starting up|socket|stack|node_modules|\bat \S+ \(/i

/** Expects errors that say that there is no answer now, and nothing internal. */
export function expectMasked(errors: readonly Refused[] | undefined): void {
  expect(errors).not.toEqual([])
  for (const error of errors ?? [{ message: 'an answer without errors' }]) {
    expect(JSON.stringify(error)).not.toMatch(internal)
    expect(codes).toContain(error.extensions?.code)
  }
}
