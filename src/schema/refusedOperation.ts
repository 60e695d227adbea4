import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { permits } from '../feed/viewer.ts'
import type { Context } from './context.ts'
import { fragmentsOf } from './selection.ts'

/** How deep values in variables may be nested: what coerces them goes into itself as deep. A dispatch needs ten or so. */
const DEEPEST_VALUE = 100

/**
 * Why an operation is not begun, whatever it would cost; undefined: it may be. Its variables are nested too deep, or it
 * asks about the schema where that is kept from whoever asks.
 */
export function refusedOperation({
  document,
  operationName,
  variableValues,
  contextValue,
}: ExecutionArgs & { readonly contextValue: Context }): GraphQLError | undefined {
  if (isDeeper(variableValues, DEEPEST_VALUE)) {
    return new GraphQLError(`variables: must be nested at most ${DEEPEST_VALUE} deep`, {
      extensions: { code: 'TOO_DEEP', limit: DEEPEST_VALUE, http: { status: 400 } },
    })
  }
  const { hidesSchema, scope } = contextValue
  if (!hidesSchema || permits(scope, 'administer') || !asksForSchema(document, operationName)) return undefined
  return new GraphQLError(
    'This server does not tell about its schema: leave out `__schema` and `__type`, and read schema.graphql.',
    { extensions: { code: 'INTROSPECTION_OFF', http: { status: 403 } } },
  )
}

/** Level by level, so that whatever depth was sent costs no stack. */
function isDeeper(value: unknown, most: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    level = level
      .filter((one) => typeof one === 'object' && one !== null)
      .flatMap((one) => Object.values(one as object))
  }
  return false
}

/** Whether `__schema` or `__type` is among the root fields. */
function asksForSchema(document: DocumentNode, operationName: string | null | undefined): boolean {
  const fragments = fragmentsOf(document)
  const entered = new Set<string>()
  const asks = ({ selections }: SelectionSetNode): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.FIELD) return node.name.value === '__schema' || node.name.value === '__type'
      if (node.kind === Kind.INLINE_FRAGMENT) return asks(node.selectionSet)
      const fragment = fragments.get(node.name.value)
      if (fragment === undefined || entered.has(node.name.value)) return false
      entered.add(node.name.value)
      return asks(fragment.selectionSet)
    })
  const operation = getOperationAST(document, operationName)
  return operation != null && asks(operation.selectionSet)
}
