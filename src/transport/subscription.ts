import type { ExecutionArgs, ExecutionResult } from 'graphql'
import type { Cursor } from '../feed/cursor.ts'
import type { Subscription } from '../feed/subscription.ts'
import type { Context } from '../schema/context.ts'
import { follow } from '../schema/operate.ts'
import { answerText, masked, type Told } from './answer.ts'

type Operation = ExecutionArgs & { readonly contextValue: Context }

/** A subscription that was taken: it can be followed on a line. */
export interface Taken {
  readonly after: Cursor
  readonly subscription: Subscription
}

/** Why a subscription was not taken; undefined: it was. */
export function refusalIn(taken: Awaited<ReturnType<typeof take>>): ExecutionResult | undefined {
  return taken.subscription === undefined ? taken : undefined
}

/**
 * Takes a subscription, or answers why not. What goes out of an item is the result of its execution as JSON, the same
 * over every transport.
 */
export async function take(
  operation: Operation,
  told: Told,
): Promise<Taken | (ExecutionResult & { readonly subscription?: never })> {
  const following = await follow(operation)
  if (!('key' in following)) return following
  const { key, after, filter, answer } = following
  const encode: Subscription['encode'] = async (item, scope) =>
    Buffer.from(answerText(masked(await answer(item, scope), told)))
  return { after, subscription: { key, filter, encode } }
}
