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

/** What a field says that looks at the clock, as Pothos `extensions`. */
export interface ClockExtensions {
  readonly dependsOnToday?: boolean
}

type Told = { readonly text: string; readonly dependsOnToday: boolean }
const told = new WeakMap<DocumentNode, Told>()

/** What a query asks; undefined for other operations. */
export function questionOf({ schema, document, operationName, variableValues }: ExecutionArgs): Question | undefined {
  if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return undefined
  const { text, dependsOnToday } = told.get(document) ?? tell(schema, document)
  const asked = canonical([text, operationName ?? null, variableValues ?? {}])
  return { key: createHash('sha256').update(asked).digest('base64url'), dependsOnToday }
}

function tell(schema: GraphQLSchema, document: DocumentNode): Told {
  const types = new TypeInfo(schema)
  let dependsOnToday = false
  // Fields that are skipped count, too: at worst an answer is forgotten at midnight that need not be.
  const Field = () => {
    const { dependsOnToday: does } = (types.getFieldDef()?.extensions ?? {}) as ClockExtensions
    dependsOnToday ||= does === true
  }
  visit(document, visitWithTypeInfo(types, { Field }))
  const one = { text: print(document), dependsOnToday }
  told.set(document, one)
  return one
}
