import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getOperationAST,
  getVariableValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Cursor } from '../feed/cursor.ts'
import { readHead } from '../store/log.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import { builder } from './builder.ts'
import type { Services } from './context.ts'
import { locatedCursor } from './locatedCursor.ts'

/** The arguments by which a root field says from where it reads. */
export const viewpointArgs = builder.args((t) => ({
  asOf: t.field({
    type: 'DateTime',
    description: 'Only what was publicly known at this moment. All root fields of an operation must agree.',
  }),
  at: t.field({
    type: 'FeedCursor',
    description: 'The record as it stood at this place of the feed. All root fields of an operation must agree.',
  }),
}))

/**
 * Settles from where an operation reads, before it is executed: nested selections are planned with it, so a resolver
 * would come too late. "Now" is the head, read once. Throws a GraphQLError for a cursor of another record.
 */
export async function settleViewpoint({ feed, database }: Services, asked: Asked): Promise<Viewpoint> {
  const at = asked.at === undefined ? await readHead(database.pool) : await locatedCursor(feed, asked.at)
  return { position: at.position, tag: at.tag, asOf: asked.asOf ?? null }
}

/** What the root fields of an operation ask for. */
export interface Asked {
  readonly asOf?: Date | undefined
  readonly at?: Cursor | undefined
}

/** Reads `asOf` and `at` of all root fields. Throws a GraphQLError when they do not agree. */
export function askedViewpoint(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown> | null | undefined,
): Asked {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return {}
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {})
  // Wrong variables are the executor's to report.
  if (coerced === undefined) return {}
  const found = new Map<string, { node: FieldNode; asked: Asked }>()
  for (const node of rootFields(operation.selectionSet, document, coerced)) {
    const field = root.getFields()[node.name.value]
    if (!field?.args.some(({ name }) => name === 'asOf' || name === 'at')) continue
    const { asOf, at } = getArgumentValues(field, node, coerced) as { asOf?: Date | null; at?: Cursor | null }
    const asked = { asOf: asOf ?? undefined, at: at ?? undefined }
    found.set(`${asked.asOf?.toISOString()} ${asked.at?.position} ${asked.at?.tag}`, { node, asked })
  }
  if (found.size > 1) {
    throw new GraphQLError(
      'One operation reads from one viewpoint: give all root fields the same `asOf` and `at`, or ask in several operations.',
      { nodes: [...found.values()].map(({ node }) => node), extensions: { code: 'TWO_VIEWPOINTS' } },
    )
  }
  return [...found.values()][0]?.asked ?? {}
}

function rootFields(set: SelectionSetNode, document: DocumentNode, variables: Record<string, unknown>): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (!isIncluded(selection, variables)) return []
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document, variables)
    const fragment = document.definitions.find(
      (d) => d.kind === Kind.FRAGMENT_DEFINITION && d.name.value === selection.name.value,
    )
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(fragment.selectionSet, document, variables) : []
  })
}

function isIncluded(selection: SelectionNode, variables: Record<string, unknown>): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables)
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables)
  return skip?.if !== true && include?.if !== false
}
