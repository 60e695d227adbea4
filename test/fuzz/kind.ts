import fc from 'fast-check'
import { Broken } from './promises.ts'
import type { Target } from './target.ts'

/** What came of a case: a word for each answer, such as `HTTP 400` or `close 4400`. */
export type Outcome = readonly string[]

/** One kind of attack, its cases and what is expected of the server in each. */
export interface Kind {
  readonly name: string
  /** Runs cases until a promise is broken; with `path`, the case that it leads to, and ever smaller ones that fail. */
  run(target: Target, options: RunOptions): Promise<Failure | undefined>
}

export interface RunOptions {
  readonly seed: number
  readonly cases: number
  readonly path: string | undefined
  readonly onOutcome: (outcome: Outcome) => void
}

/** A case in which a promise was broken. */
export interface Failure {
  readonly kind: string
  readonly seed: number
  /** Where fast-check finds it again, from the seed. */
  readonly path: string
  readonly case: string
  readonly what: string
}

/** How long smaller cases are looked for, in milliseconds. */
const SHRINK_MS = 30_000

/** Makes a kind of its cases. `attack` throws a Broken when a promise is. */
export function kindOf<Case>(
  name: string,
  cases: fc.Arbitrary<Case>,
  attack: (target: Target, given: Case) => Promise<Outcome>,
): Kind {
  return {
    name,
    async run(target, { seed, cases: numRuns, path, onOutcome }) {
      let giveUpAt = Number.POSITIVE_INFINITY
      const property = fc.asyncProperty(cases, async (given) => {
        if (performance.now() > giveUpAt) return
        try {
          await target.revive()
          const since = target.logged.length
          const outcome = await attack(target, given)
          await target.expectWell(since)
          onOutcome(outcome)
        } catch (error) {
          giveUpAt = Math.min(giveUpAt, performance.now() + SHRINK_MS)
          throw error
        }
      })
      const details = await fc.check(property, {
        seed,
        numRuns,
        ...(path === undefined ? { endOnFailure: true } : { path }),
      })
      if (!details.failed) return undefined
      const { counterexample, counterexamplePath, errorInstance } = details
      const isOurs = errorInstance instanceof Broken
      return {
        kind: name,
        seed,
        path: counterexamplePath ?? '',
        case: fc.stringify(counterexample?.[0]),
        what: isOurs ? errorInstance.message : String((errorInstance as Error)?.stack ?? errorInstance),
      }
    },
  }
}
