import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { canonical } from '../domain/canonical.ts'

/** What a query asks, whoever asks and however it is written. */
export interface Question {
  /** Two of one key have the same answer, from the same state of the record, for viewers of the same scope. */
  readonly key: string
  /** The answer is another one tomorrow, though nothing comes in (UTC). */
  readonly dependsOnToday: boolean
}

/** What a field says of how long its answer holds, as Pothos `extensions`. */
export interface LastingExtensions {
  /** It looks at the clock. */
  readonly dependsOnToday?: boolean
  /** False: it tells of something else than the record, or of whoever asks. */
  readonly isKept?: boolean
}

type Told = { readonly text: string; readonly dependsOnToday: boolean; readonly isKept: boolean }
const told = new WeakMap<DocumentNode, Told>()

/** What a query asks; undefined for other operations, and where the answer is of that one moment. */
export function questionOf({ schema, document, operationName, variableValues }: ExecutionArgs): Question | undefined {
  if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return undefined
  const { text, dependsOnToday, isKept } = told.get(document) ?? tell(schema, document)
  if (!isKept) return undefined
  const asked = canonical([text, operationName ?? null, variableValues ?? {}])
  return { key: createHash('sha256').update(asked).digest('base64url'), dependsOnToday }
}

function tell(schema: GraphQLSchema, document: DocumentNode): Told {
  const types = new TypeInfo(schema)
  let dependsOnToday = false
  let isKept = true
  // Fields that are skipped count, too: at worst an answer is forgotten that need not be.
  const Field = () => {
    const lasting = (types.getFieldDef()?.extensions ?? {}) as LastingExtensions
    dependsOnToday ||= lasting.dependsOnToday === true
    isKept &&= lasting.isKept !== false
  }
  visit(document, visitWithTypeInfo(types, { Field }))
  const one = { text: print(document), dependsOnToday, isKept }
  told.set(document, one)
  return one
}
