import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { canonical } from '../domain/canonical.ts'
import type { Filter } from '../domain/filter.ts'
import type { Cursor } from '../feed/cursor.ts'
import type { Item } from '../feed/item.ts'

/** What the root field of a subscription settles: where to begin, and what to follow. */
export interface Start extends AsyncIterable<Item> {
  readonly after: Cursor
  readonly filter: Filter
}

/** A start as the event stream that a root field must give. It is followed on a line, by its group, and never iterated. */
export function startOf(after: Cursor, filter: Filter): Start {
  return {
    after,
    filter,
    [Symbol.asyncIterator]() {
      throw new Error('A feed is followed on a line, not iterated.')
    },
  }
}

const asked = new WeakMap<DocumentNode, { text: string; variables: readonly string[] }>()

/**
 * Names what a subscription is sent: the same text, the same name, and the same values of the variables that it uses,
 * whoever asks. Where to begin says nothing about that: the root field's own `after` and `last` are left out, and with
 * them the variables that are used for nothing else.
 */
export function subscriptionKey(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  values: { readonly [name: string]: unknown } | null | undefined,
): string {
  const known = asked.get(document) ?? withoutStart(schema, document)
  asked.set(document, known)
  const used = known.variables.map((name) => [name, values?.[name]])
  return canonical([known.text, operationName ?? null, Object.fromEntries(used)])
}

function withoutStart(schema: GraphQLSchema, document: DocumentNode): { text: string; variables: readonly string[] } {
  const types = new TypeInfo(schema)
  const root = schema.getSubscriptionType()
  const stripped: DocumentNode = visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        if (types.getParentType() !== root) return undefined
        const args = node.arguments?.filter(({ name }) => name.value !== 'after' && name.value !== 'last')
        return { ...node, arguments: args }
      },
    }),
  )
  const variables = new Set<string>()
  visit(stripped, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void variables.add(name.value),
  })
  const definitions = stripped.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition
    return withoutDefinitions(definition, variables)
  })
  return { text: print({ ...stripped, definitions }), variables: [...variables].sort() }
}

function withoutDefinitions(operation: OperationDefinitionNode, used: ReadonlySet<string>): OperationDefinitionNode {
  const definitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value))
  return { ...operation, variableDefinitions: definitions ?? [] }
}
