import { createHash } from 'node:crypto'
import type { ExecutionArgs, ExecutionResult } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { ViewerRole } from '../feed/viewer.ts'
import type { Context, Services } from '../schema/context.ts'
import { failed, operate } from '../schema/operate.ts'
import { type Question, questionOf } from '../schema/question.ts'
import { refusedOperation } from '../schema/refusedOperation.ts'
import { isFailure } from './answer.ts'

/** How many answers are kept at the most, and how large they may be together, in bytes. */
const MOST = { max: 10_000, maxSize: 64 * 1024 * 1024 }

type Operation = ExecutionArgs & { readonly contextValue: Context }
type State = NonNullable<ReturnType<Services['feed']['known']>>

/** An answer as it goes out, which holds for everybody who asks the same. */
export interface Answer {
  readonly bytes: Buffer
  /** Strong entity tag of the bytes. */
  readonly tag: string
}

/** What was answered, and to what. */
export interface Answered {
  readonly result: ExecutionResult
  /** Undefined where it is nobody else's: of a mutation, or with errors. */
  readonly kept?: { readonly question: Question; readonly answer: Answer }
}

/**
 * The answers of queries, kept as bytes under all that they depend on: what is asked, the viewer's scope, how far the
 * record has come (the feed's end and the count of changes of identities), the day where a field looks at it. So
 * nothing has to be forgotten: what has changed is asked for by another key, and what is old falls out in the end.
 *
 * What is kept is given without asking the database, so it can be late by what a notice of a commit takes to arrive;
 * whoever writes through this process finds it at once. While the tail is cut off it is not known whether anything has
 * changed, and the database is asked: if it is away, nothing is answered. What is computed is read at the database's
 * own head: from a replica, if there is one that has come as far.
 */
export interface Answers {
  /** The answer, if it is at hand and known to hold now. */
  find(question: Question, scope: ViewerRole): Answer | undefined
  /** Answers an operation: computes it unless it is at hand or, for the same question, under way. */
  answer(operation: Operation): Promise<Answered>
}

/** Where an answer came from: what was kept, one under way for the same question, or the database. */
export type Kept = 'hit' | 'shared' | 'miss'

export interface AnswersOptions extends Partial<typeof MOST> {
  /** Told of each query that can be kept. */
  readonly onAnswer?: (kept: Kept) => void
}

export function openAnswers(
  { feed, now, reading, replica }: Pick<Services, 'feed' | 'now' | 'reading' | 'replica'>,
  { onAnswer = () => {}, ...most }: AnswersOptions = {},
): Answers {
  const kept = new LRUCache<string, Answer>({
    ...MOST,
    ...most,
    sizeCalculation: ({ bytes }, key) => bytes.byteLength + key.length,
  })
  const underWay = new Map<string, Promise<Answer | undefined>>()

  function find(question: Question, scope: ViewerRole): Answer | undefined {
    const state = feed.known()
    const answer = state && kept.get(keyOf(question, scope, state, now()))
    if (answer !== undefined) onAnswer('hit')
    return answer
  }

  /** Asks the replica, and the primary where that has not come as far or fails. */
  async function execute(operation: Operation, head: State): Promise<ExecutionResult> {
    const ask = (database = operation.contextValue.database) =>
      operate({ ...operation, contextValue: { ...operation.contextValue, database } })
    const copy = await replica?.caughtUpWith(head)
    if (copy === undefined) return ask(reading)
    const result = await ask(copy)
    if (!result.errors?.some(isFailure)) return result
    replica?.failed()
    return ask(reading)
  }

  /** Computes an answer, and keeps it unless there are errors in it. */
  async function compute(
    operation: Operation,
    key: string,
    head: State,
  ): Promise<{ result: ExecutionResult; answer?: Answer }> {
    const result = await execute(operation, head)
    if (result.errors !== undefined) return { result }
    const bytes = Buffer.from(JSON.stringify(result))
    const answer = { bytes, tag: `"${createHash('sha256').update(bytes).digest('base64url')}"` }
    kept.set(key, answer)
    return { result, answer }
  }

  async function answer(operation: Operation): Promise<Answered> {
    const { scope } = operation.contextValue
    const refused = refusedOperation(operation)
    if (refused !== undefined) return { result: { errors: [refused] } }
    const question = questionOf(operation)
    if (question === undefined || scope === null) return { result: await operate(operation) }
    const atHand = find(question, scope)
    if (atHand !== undefined) return asKept(question, atHand)
    let head: State
    try {
      head = await feed.latest()
    } catch (error) {
      return { result: failed(error) }
    }
    const moment = now()
    const key = keyOf(question, scope, head, moment)
    const sharing = underWay.get(key)
    const keptNow = kept.get(key)
    const known = keptNow ?? (sharing && (await sharing))
    if (known !== undefined) {
      onAnswer(keptNow === undefined ? 'shared' : 'hit')
      return asKept(question, known)
    }
    onAnswer('miss')
    // A day that ends meanwhile has not ended for this answer.
    const contextValue = { ...operation.contextValue, head, now: () => moment }
    const computing = compute({ ...operation, contextValue }, key, head)
    const shared = computing.then(
      ({ answer }) => answer,
      () => undefined,
    )
    underWay.set(key, shared)
    const { result, answer: made } = await computing.finally(() => {
      if (underWay.get(key) === shared) underWay.delete(key)
    })
    return made === undefined ? { result } : { result, kept: { question, answer: made } }
  }

  return { find, answer }
}

function asKept(question: Question, answer: Answer): Answered {
  return { result: JSON.parse(answer.bytes.toString()), kept: { question, answer } }
}

function keyOf({ key, dependsOnToday }: Question, scope: ViewerRole, state: State, moment: Date): string {
  const { position, tag, identities } = state
  const day = dependsOnToday ? moment.toISOString().slice(0, 10) : ''
  return `${key} ${position} ${tag} ${identities} ${day} ${scope}`
}
