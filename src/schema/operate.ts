import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql'
import type { Filter } from '../domain/filter.ts'
import type { Cursor } from '../feed/cursor.ts'
import type { Item } from '../feed/item.ts'
import type { ViewerRole } from '../feed/viewer.ts'
import type { Author } from '../store/pen.ts'
import { isUnavailable } from '../store/unavailable.ts'
import { isUnstorable } from '../store/unstorable.ts'
import type { Context } from './context.ts'
import { costOf, tooCostly } from './cost.ts'
import { type Start, subscriptionKey } from './following.ts'
import { refusedOperation } from './refusedOperation.ts'
import { askedViewpoint, settleViewpoint } from './viewpoint.ts'

type Operation = ExecutionArgs & { readonly contextValue: Context }

/**
 * Executes a query from the viewpoint that it asks for, or a mutation; refuses what costs too much. The answer says what
 * it costs, as `extensions`.
 */
export async function operate(operation: Operation): Promise<ExecutionResult> {
  const { schema, document, operationName, variableValues, contextValue } = operation
  const cost = costOf(schema, document, operationName, variableValues)
  const limit = contextValue.maxCost
  if (cost !== undefined && cost.total > limit) return { errors: [tooCostly(cost, limit)] }
  const isQuery = getOperationAST(document, operationName)?.operation === OperationTypeNode.QUERY
  const result = await (isQuery ? ask(operation) : change(operation))
  return cost === undefined ? result : { ...result, extensions: { cost: { requested: cost.total, limit } } }
}

async function ask(operation: Operation): Promise<ExecutionResult> {
  const { schema, document, operationName, variableValues, contextValue } = operation
  try {
    const asked = askedViewpoint(schema, document, operationName, variableValues)
    const viewpoint = await settleViewpoint(contextValue, asked)
    return answered(
      await execute({ ...operation, ...hints(contextValue), contextValue: { ...contextValue, viewpoint } }),
    )
  } catch (error) {
    return failed(error)
  }
}

/** The answer where something was thrown: thrown on, it would close a WebSocket with everything else that it carries. */
export function failed(error: unknown): ExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] }
  const { message } = error as Error
  return answered({ errors: [new GraphQLError(message, { originalError: error as Error })] })
}

async function change(operation: Operation): Promise<ExecutionResult> {
  try {
    return answered(await execute({ ...operation, ...hints(operation.contextValue) }))
  } finally {
    // Whoever hears the answer finds what it says, also if it says that something failed.
    operation.contextValue.feed.look()
  }
}

/** Whether errors say what was perhaps meant. */
function hints({ hidesSchema }: Context): Pick<ExecutionArgs, 'hideSuggestions'> {
  return { hideSuggestions: hidesSchema === true }
}

/** A subscription that the schema takes: what is followed, from where, and what is sent of an item. */
export interface Following {
  /** Two of one key are sent the same, if their viewers have the same scope. */
  readonly key: string
  readonly after: Cursor
  readonly filter: Filter
  /** Executes the operation for an item, for viewers of a scope. */
  answer(item: Item, scope: ViewerRole): Promise<ExecutionResult>
}

/** An item is executed once for many: whoever came first is not named in it. */
const everybody: Author = { name: 'followers', address: '' }

/**
 * Takes a subscription, or answers why not. Every item is executed with a context of its own, at the item's place in
 * the feed: what was cached or allowed for one item says nothing about the next.
 */
export async function follow(operation: Operation): Promise<Following | ExecutionResult> {
  const refused = refusedOperation(operation)
  if (refused !== undefined) return { errors: [refused] }
  const cost = costOf(operation.schema, operation.document, operation.operationName, operation.variableValues)
  const { maxCost } = operation.contextValue
  if (cost !== undefined && cost.total > maxCost) return { errors: [tooCostly(cost, maxCost)] }
  const start = await createSourceEventStream({ ...operation, ...hints(operation.contextValue) })
  if (!(Symbol.asyncIterator in start)) return answered(start)
  const { after, filter } = start as Start
  const { schema, document, operationName, variableValues } = operation
  // Not the whole context, which holds the request of whoever came first.
  const { database, feed, now } = operation.contextValue
  return {
    ...{ after, filter },
    key: subscriptionKey(schema, document, operationName, variableValues),
    async answer(item, scope) {
      const viewpoint = { position: item.position, tag: item.tag, asOf: null }
      const contextValue: Context = { database, feed, now, maxCost, scope, author: everybody, viewpoint }
      const args = { schema, document, operationName, variableValues, contextValue }
      return answered(await execute({ ...args, rootValue: item }))
    },
  }
}

/**
 * Says of what failed because the database is away that it did: a client asks again, and need change nothing; and of what
 * it could not look for, that no record has it.
 */
function answered(result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined) return result
  return { ...result, errors: result.errors.map((error) => told(error.originalError, error) ?? error) }
}

/** What is told of an error of the database; undefined: it is a failure of ours. */
export function told(error: unknown, where: Pick<GraphQLError, 'nodes' | 'path'>): GraphQLError | undefined {
  if (isUnavailable(error)) return unavailable(where)
  return isUnstorable(error) ? unstorable(where) : undefined
}

function unstorable({ nodes, path }: Pick<GraphQLError, 'nodes' | 'path'>): GraphQLError {
  return new GraphQLError(
    'A text that was given has U+0000 in it, which no text of the record can have: leave it out.',
    {
      ...{ nodes, path },
      extensions: { code: 'BAD_USER_INPUT' },
    },
  )
}

/** Says that the database is away, of what failed for that. */
function unavailable({ nodes, path }: Pick<GraphQLError, 'nodes' | 'path'>): GraphQLError {
  return new GraphQLError(
    'The record cannot be reached just now: try again in a moment. What was sent may be sent again, whatever became of it.',
    {
      ...{ nodes, path },
      extensions: { code: 'UNAVAILABLE', http: { status: 503, headers: { 'retry-after': '1' } } },
    },
  )
}
