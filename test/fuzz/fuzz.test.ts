import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '../support/database.ts'
import { hasProc } from '../support/proc.ts'
import { brokenOf, reportOf } from './report.ts'
import { run } from './run.ts'
import { openTarget, type Target } from './target.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let target: Target
beforeAll(async () => {
  database = await createDatabase()
  target = await openTarget(database.url, { DATABASE_URL: database.url })
}, 120_000)
afterAll(async () => {
  await target?.[Symbol.asyncDispose]()
  await database.drop()
})

/** A seed of no other meaning: the same cases every time. `npm run fuzz` tries others. */
const SEED = 20_231_207
const CASES = 900

describe.runIf(hasProc)('a server under attack', () => {
  it('answers or closes, tells nothing internal, and moves its feed for nothing that it refuses', {
    timeout: 300_000,
  }, async () => {
    const options = { cases: CASES, seed: SEED, kind: undefined, path: undefined }
    const seen = await run(target, options, () => {})
    expect(brokenOf(seen, target), reportOf(seen, target, 0)).toEqual([])
    for (const [kind, count] of seen.cases)
      expect([kind, count]).toEqual([kind, expect.toSatisfy((n) => n >= CASES / 10)])
  })
})
