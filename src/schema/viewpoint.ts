import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
} from 'graphql'
import type { Cursor } from '../feed/cursor.ts'
import { readHead } from '../store/log.ts'
import type { Viewpoint } from '../store/viewpoint.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { locatedCursor } from './locatedCursor.ts'
import { fragmentsOf, includedFields } from './selection.ts'

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

type Source = Pick<Context, 'feed' | 'database' | 'head'>

/**
 * Settles from where an operation reads, before it is executed: nested selections are planned with it, so a resolver
 * would come too late. "Now" is the head, read once. Throws a GraphQLError for a cursor of another record.
 */
export async function settleViewpoint(context: Source, asked: Asked): Promise<Viewpoint> {
  const at = asked.at === undefined ? await headOf(context) : await locatedCursor(context.feed, asked.at)
  return { position: at.position, tag: at.tag, asOf: asked.asOf ?? null }
}

/** The end of the feed as the operation sees it. */
export async function headOf({ head, database }: Source): Promise<Cursor> {
  return head ?? (await readHead(database.pool))
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
  const included = { schema, fragments: fragmentsOf(document), variables: coerced }
  for (const node of [...includedFields([operation.selectionSet], root, included).values()].flat()) {
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
