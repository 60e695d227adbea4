import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql'
import type { Item } from '../feed/item.ts'
import type { Context } from './context.ts'
import { askedViewpoint, settleViewpoint } from './viewpoint.ts'

type Operation = ExecutionArgs & { readonly contextValue: Context }

/** Executes a query from the viewpoint that it asks for, or a mutation. */
export async function operate(operation: Operation): Promise<ExecutionResult> {
  const { schema, document, operationName, variableValues, contextValue } = operation
  if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return execute(operation)
  try {
    const asked = askedViewpoint(schema, document, operationName, variableValues)
    const viewpoint = await settleViewpoint(contextValue, asked)
    return await execute({ ...operation, contextValue: { ...contextValue, viewpoint } })
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    // Thrown on, it would close a WebSocket with everything else that it carries.
    const { message } = error as Error
    return { errors: [new GraphQLError(message, { originalError: error as Error })] }
  }
}

/**
 * Opens a subscription. Every item is executed with a context of its own, at the item's place in the feed: what was
 * cached or allowed for one item says nothing about the next.
 */
export async function follow(operation: Operation): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(operation)
  if (!(Symbol.asyncIterator in source)) return source
  const items = source[Symbol.asyncIterator]() as AsyncIterator<Item>
  const { database, feed, now, connection } = operation.contextValue
  const iterator: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      const { done, value } = await items.next()
      if (done) return { done: true, value: undefined }
      const viewpoint = { position: value.position, tag: value.tag, asOf: null }
      const contextValue: Context = { database, feed, now, connection, viewpoint }
      return { done: false, value: await execute({ ...operation, rootValue: value, contextValue }) }
    },
    async return() {
      await items.return?.()
      return { done: true, value: undefined }
    },
    async throw(error) {
      await items.return?.()
      throw error
    },
  }
  return iterator
}
