import { expect } from 'vitest'
import type { Refused } from './follower.ts'

/** Where and with what it runs is nobody's business, nor is how it failed within. */
const internal =
  /127\.0\.0\.1|localhost|:\d{4,5}\b|ECONN|EPIPE|postgres|prisma|\bpg\b|pool|sql|57P0|terminat|shutting|starting up|socket|stack|node_modules|\bat \S+ \(/i

/** Expects errors that say that there is no answer now, and nothing internal. */
export function expectMasked(errors: readonly Refused[] | undefined): void {
  expect(errors).not.toEqual([])
  for (const error of errors ?? [{ message: 'an answer without errors' }]) {
    expect(JSON.stringify(error)).not.toMatch(internal)
    expect(error.extensions?.code).toBe('UNAVAILABLE')
  }
}
