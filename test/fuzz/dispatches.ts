import type { Accepted } from '../../src/ingest/accepted.ts'
import { ingestDocuments, type Outcome as Taken } from '../../src/ingest/batch.ts'
import { sentence } from '../../src/ingest/refusal.ts'
import { tester } from '../support/author.ts'
import { seedDocuments } from '../support/seed.ts'
import { inputOf } from '../support/submit.ts'
import { built, type Dice } from './dice.ts'
import { exchange } from './exchange.ts'
import { type Kind, kindOf } from './kind.ts'
import { Broken, expectAnswer, expectNothingInternal } from './promises.ts'
import type { Head, Target } from './target.ts'
import { misshapen } from './tree.ts'

const CHOICES = 60
/** Copies of the seed under names of their own: evidence of one development stays little, whatever is accepted. */
const EDITIONS = 500

interface Told {
  readonly $schema?: string
  readonly report: { readonly id: string }
  readonly developments: readonly { readonly ref: string }[]
}

interface Sent {
  readonly by: 'mutation' | 'batch'
  readonly dispatch: unknown
}

const INGEST = `mutation ($dispatch: DispatchInput!) {
  ingest(dispatch: $dispatch) { __typename ... on Accepted { revisions unchanged } ... on Refusal { message } }
}`

/** The seed's dispatches and what is left of them after a few changes, through both doors. */
export async function dispatches(): Promise<Kind> {
  const [, ...known] = (await seedDocuments()) as Told[]
  const cases = built(CHOICES, (dice, changes): Sent => {
    const dispatch = editionOf(part(dice.pick(known), dice), dice.roll(EDITIONS))
    return { by: dice.pick(['mutation', 'batch'] as const), dispatch: misshapen(dispatch, changes) }
  })
  return kindOf('dispatches', cases, (target, { by, dispatch }) =>
    target.alone(async () => {
      const before = await target.head()
      const accepted = await (by === 'batch' ? ingest(target, dispatch) : submit(target, dispatch))
      expectMoved(before, await target.head(), accepted)
      return [accepted === undefined ? 'refused' : accepted.unchanged ? 'unchanged' : 'accepted']
    }),
  )
}

type Written = Pick<Accepted, 'revisions' | 'unchanged'>

function expectMoved(before: Head, after: Head, accepted: Written | undefined): void {
  const moved = after.position - before.position
  if (moved !== (accepted?.revisions ?? 0))
    throw new Broken(`the head moved by ${moved}, and the answer was ${JSON.stringify(accepted ?? 'a refusal')}`)
  if (after.identities !== before.identities && (accepted === undefined || accepted.unchanged))
    throw new Broken('identities have changed, and nothing was accepted')
}

/** Through the batch. Undefined: refused. */
async function ingest({ pool }: Target, document: unknown): Promise<Written | undefined> {
  async function* one() {
    yield { source: { file: 'fuzz' }, bytes: 1, document }
  }
  const outcomes: Taken[] = []
  await ingestDocuments(one(), {
    pool,
    now: () => new Date(),
    author: tester,
    onOutcome: (outcome) => outcomes.push(outcome),
  })
  const [outcome] = outcomes
  if (outcome === undefined) throw new Broken('nothing became of it')
  if ('problems' in outcome) expectNothingInternal(outcome.problems.map(sentence).join('\n'))
  // A document of another kind moves nothing that was asked for here.
  return 'accepted' in outcome ? outcome.accepted : undefined
}

/** Through the mutation. Undefined: refused. */
async function submit({ port }: Target, dispatch: unknown): Promise<Written | undefined> {
  const { status, contentType, body } = await exchange(port, {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: INGEST, variables: { dispatch: asInput(dispatch) } }),
  })
  expectAnswer(status, contentType, body)
  const { data } = JSON.parse(body) as { data?: { ingest: { __typename: string } & Written } | null }
  return data?.ingest.__typename === 'Accepted' ? data.ingest : undefined
}

/** As the mutation takes it, if it can be told what that is. */
function asInput(dispatch: unknown): unknown {
  try {
    return inputOf(dispatch as object)
  } catch {
    return dispatch
  }
}

/** A dispatch with some of its developments, and without what only a file has. */
function part({ $schema: _, developments, ...others }: Told, dice: Dice): Told {
  const from = dice.roll(developments.length)
  return { ...others, developments: developments.slice(from, from + 1 + dice.roll(3)) }
}

function editionOf(dispatch: Told, edition: number): Told {
  const names = new Set([dispatch.report.id, ...dispatch.developments.map(({ ref }) => ref)])
  return JSON.parse(
    JSON.stringify(dispatch, (_key, value) => (names.has(value) ? `${value}-e${edition}` : value)),
  ) as Told
}
