import { dispatches } from './dispatches.ts'
import { documents } from './documents.ts'
import { frames } from './frames.ts'
import type { Failure, Kind } from './kind.ts'
import type { Options } from './options.ts'
import { requests } from './requests.ts'
import type { Head, Target } from './target.ts'
import { variables } from './variables.ts'

/** How often memory is looked at; the first round warms up. */
const ROUNDS = 10
/** Seeds of lanes and rounds lie so far apart that those of two runs seldom meet. */
const STEP = 104_729

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

/** All kinds side by side; those that mostly wait more than once. An equal share of the cases for each. */
async function lanesOf({ lexicon }: Target): Promise<Kind[]> {
  return [
    ...[documents(lexicon), documents(lexicon), variables(lexicon), variables(lexicon)],
    ...[requests(), requests(), requests(), frames(lexicon), frames(lexicon), await dispatches()],
  ]
}

/**
 * Attacks a server with all kinds at once, round by round. A case that breaks a promise is tried again alone, and made
 * smaller; its kind is not run any more.
 * @param show told how much is done, 0 to 1
 */
export async function run(target: Target, options: Options, show: (done: number) => void): Promise<Seen> {
  let lanes = (await lanesOf(target)).filter(({ name }) => options.kind === undefined || name === options.kind)
  const cases = new Map(lanes.map(({ name }) => [name, 0]))
  const outcomes = new Map(lanes.map(({ name }) => [name, new Map<string, number>()]))
  const failures: Failure[] = []
  const memory = [target.memory()]
  const before = await target.head()
  const each = Math.ceil(options.cases / lanes.length / ROUNDS)
  let done = 0

  const attack = ({ name, run }: Kind, seed: number, path: string | undefined) =>
    run(target, {
      ...{ seed, cases: each, path },
      onOutcome(outcome) {
        cases.set(name, (cases.get(name) as number) + 1)
        const counts = outcomes.get(name) as Map<string, number>
        for (const word of outcome) counts.set(word, (counts.get(word) ?? 0) + 1)
        show(Math.min(1, ++done / options.cases))
      },
    })
  const seen = async (): Promise<Seen> => ({
    ...{ cases, outcomes, failures, memory },
    heads: [before, await target.head()],
  })

  if (options.path !== undefined) {
    const failure = await attack(lanes[0] as Kind, options.seed, options.path)
    return { ...(await seen()), failures: failure ? [failure] : [] }
  }
  for (let round = 0; round < ROUNDS && lanes.length > 0; round++) {
    const seedOf = (lane: number) => (options.seed + (round * lanes.length + lane) * STEP) & 0x7fff_ffff
    const found = await Promise.all(lanes.map((kind, lane) => attack(kind, seedOf(lane), undefined)))
    for (const failure of found.filter((failure) => failure !== undefined)) {
      const kind = lanes.find(({ name }) => name === failure.kind)
      // Another lane has told it already.
      if (kind === undefined) continue
      await settle(target)
      const alone = await attack(kind, failure.seed, failure.path)
      // What another kind did at the same time is held against that one.
      if (alone === undefined) continue
      failures.push(alone)
      lanes = lanes.filter(({ name }) => name !== kind.name)
    }
    await settle(target)
    memory.push(target.memory())
  }
  return seen()
}

async function settle(target: Target): Promise<void> {
  await target.revive()
  await target.expectAnswering()
}
