import { dispatches } from './dispatches.ts'
import { documents } from './documents.ts'
import { frames } from './frames.ts'
import type { Failure, Kind } from './kind.ts'
import type { Options } from './options.ts'
import { requests } from './requests.ts'
import type { Head, Target } from './target.ts'
import { variables } from './variables.ts'

/** How often memory is looked at; the first round warms up. */
export const ROUNDS = 10

/** What a run has seen. */
export interface Seen {
  /** By kind, how many were run. */
  readonly cases: ReadonlyMap<string, number>
  /** By kind, how often each answer came. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly failures: readonly Failure[]
  /** Memory of the server in bytes: at the start, then after each round. */
  readonly memory: readonly number[]
  readonly heads: readonly [before: Head, after: Head]
}

/**
 * Attacks a server with all kinds at once, round by round. A case that breaks a promise is tried again alone, and made
 * smaller; its kind is not run any more.
 * @param show told how much is done, 0 to 1
 */
export async function run(target: Target, options: Options, show: (done: number) => void): Promise<Seen> {
  const { lexicon } = target
  const all = [documents(lexicon), variables(lexicon), requests(), frames(lexicon), await dispatches()]
  let kinds = all.filter(({ name }) => options.kind === undefined || name === options.kind)
  const outcomes = new Map(kinds.map(({ name }) => [name, new Map<string, number>()]))
  const cases = new Map(kinds.map(({ name }) => [name, 0]))
  const failures: Failure[] = []
  const memory = [target.memory()]
  const before = await target.head()
  let done = 0
  const each = Math.ceil(options.cases / kinds.length / ROUNDS)
  const rounds = options.path === undefined ? ROUNDS : 1
  // Kinds that are run beside each other are not given the same choices.
  const seedOf = (name: string, round: number) =>
    (options.seed + round * 7919 + all.findIndex((k) => k.name === name) * 104_729) | 0

  const attack = (kind: Kind, seed: number, alone: { path: string } | undefined) =>
    kind.run(target, {
      ...{ seed, cases: each, shrink: alone !== undefined, ...alone },
      onOutcome(outcome) {
        cases.set(kind.name, (cases.get(kind.name) as number) + 1)
        const counts = outcomes.get(kind.name) as Map<string, number>
        for (const word of outcome) counts.set(word, (counts.get(word) ?? 0) + 1)
        show(Math.min(1, ++done / options.cases))
      },
    })

  for (let round = 0; round < rounds; round++) {
    const path = options.path === undefined ? undefined : { path: options.path }
    const seeds = new Map(kinds.map(({ name }) => [name, path ? options.seed : seedOf(name, round)]))
    const found = await Promise.all(kinds.map((kind) => attack(kind, seeds.get(kind.name) as number, path)))
    for (const failure of found.filter((failure) => failure !== undefined)) {
      const kind = kinds.find(({ name }) => name === failure.kind) as Kind
      await settle(target)
      const alone = path ? failure : await attack(kind, failure.seed, { path: failure.path })
      // What another kind did at the same time is held against that one.
      if (alone === undefined) continue
      failures.push(alone)
      kinds = kinds.filter((other) => other !== kind)
    }
    await settle(target)
    await target.expectAnswering()
    memory.push(target.memory())
  }
  return { cases, outcomes, failures, memory, heads: [before, await target.head()] }
}

async function settle(target: Target): Promise<void> {
  await target.revive()
  await target.expectAnswering()
}
