import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isListType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { DEFAULT_PAGE } from './page.ts'
import { fragmentsOf, type Included, includedFields } from './selection.ts'

/** How long a list is taken to be that no argument bounds, unless its field says otherwise. */
const ASSUMED_SIZE = 5
/** What a question to the schema itself costs, however deep: validation bounds its depth. */
const INTROSPECTION = 50

/** What a field says of its cost, as Pothos `extensions`; the names are those of the GraphQL Cost Directives specification. */
export interface CostExtensions {
  /** How long the list is taken to be. */
  readonly assumedSize?: number
  /** The argument whose length is the list's. */
  readonly slicingArgument?: string
  /** What the field costs by itself, where it is dearer than others. */
  readonly weight?: number
}

/** What an operation will cost, before it is executed. */
export interface Cost {
  readonly total: number
  /** The field that most of it goes to, as a path in the answer, and how much; undefined: nothing stands out. */
  readonly dearest: { readonly path: readonly string[]; readonly cost: number } | undefined
}

/** The cost of a selection on one object. */
interface Part {
  readonly cost: number
  /** Its dearest field: how often it is there, for one object, and what it costs then. */
  readonly dearest:
    | { readonly name: string; readonly cost: number; readonly times: number; readonly of: Part }
    | undefined
}

const NOTHING: Part = { cost: 0, dearest: undefined }

/**
 * Tells what an operation costs. A value costs 1; an object as much as it lies deep, since every level is read by itself;
 * a list that many times what one of its entries costs: as many as `first` or `last` say, or a page has without them.
 * Where types differ, the dearest counts. Undefined for what cannot be executed: that is the executor's to report.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  values: { readonly [name: string]: unknown } | null | undefined,
): Cost | undefined {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return undefined
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], values ?? {})
  if (coerced === undefined) return undefined
  const estimate = new Estimate({ schema, fragments: fragmentsOf(document), variables: coerced })
  const whole = estimate.ofSelection([operation.selectionSet], [root], 1)
  return { total: whole.cost, dearest: dearestOf(whole) }
}

class Estimate {
  readonly #included: Included
  // Fragments are used time and again, and objects of many types select alike: each is looked at once.
  readonly #parts = new Map<string, Part>()
  readonly #ids = new Map<SelectionSetNode, number>()

  constructor(included: Included) {
    this.#included = included
  }

  /** On whichever of the types it costs most. `pageSize`: how many entries a page has, where the object is a page. */
  ofSelection(
    sets: readonly SelectionSetNode[],
    types: readonly GraphQLObjectType[],
    depth: number,
    pageSize?: number,
  ): Part {
    let most = NOTHING
    for (const type of types) {
      const part = this.#onType(sets, type, depth, pageSize)
      if (part.cost > most.cost) most = part
    }
    return most
  }

  #onType(sets: readonly SelectionSetNode[], type: GraphQLObjectType, depth: number, pageSize?: number): Part {
    const key = `${sets.map((set) => this.#idOf(set)).join()} ${type.name} ${depth} ${pageSize}`
    const known = this.#parts.get(key)
    if (known !== undefined) return known
    let cost = 0
    let dearest: Part['dearest']
    for (const [name, nodes] of includedFields(sets, type, this.#included)) {
      const field = type.getFields()[(nodes[0] as FieldNode).name.value]
      const one = field === undefined ? introspection(nodes) : this.#ofField(field, nodes, depth, pageSize)
      cost += one.cost
      if (one.cost > (dearest?.cost ?? 0)) dearest = { name, ...one }
    }
    const part = { cost, dearest }
    this.#parts.set(key, part)
    return part
  }

  #ofField(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[], depth: number, pageSize?: number) {
    const { assumedSize, slicingArgument, weight } = field.extensions as CostExtensions
    const node = nodes[0] as FieldNode
    const isList = isListType(getNullableType(field.type))
    const given = slicingArgument === undefined ? undefined : this.#argument(node, slicingArgument)
    const times = isList ? (lengthOf(given) ?? assumedSize ?? pageSize ?? ASSUMED_SIZE) : 1
    const type = getNamedType(field.type)
    if (!isCompositeType(type)) return { cost: weight ?? 1, times: 1, of: NOTHING }
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    const types = isAbstractType(type) ? this.#included.schema.getPossibleTypes(type) : [type]
    const of = this.ofSelection(sets, types, depth + 1, this.#pageSize(field.type, node))
    return { cost: (weight ?? depth) + times * of.cost, times, of }
  }

  /** How many entries the page has that a field gives; undefined: it gives no page. */
  #pageSize(type: GraphQLOutputType, node: FieldNode): number | undefined {
    if (!getNamedType(type).name.endsWith('Connection')) return undefined
    const asked = this.#argument(node, 'last') ?? this.#argument(node, 'first') ?? DEFAULT_PAGE
    return typeof asked === 'number' ? Math.max(asked, 0) : DEFAULT_PAGE
  }

  #argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value
    if (value?.kind === Kind.VARIABLE) return this.#included.variables[value.name.value]
    if (value?.kind === Kind.INT) return Number(value.value)
    return value?.kind === Kind.LIST ? value.values : undefined
  }

  #idOf(set: SelectionSetNode): number {
    const id = this.#ids.get(set) ?? this.#ids.size
    this.#ids.set(set, id)
    return id
  }
}

function introspection(nodes: readonly FieldNode[]) {
  const isName = nodes[0]?.name.value === '__typename'
  return { cost: isName ? 0 : INTROSPECTION, times: 1, of: NOTHING }
}

function lengthOf(given: unknown): number | undefined {
  return given == null ? undefined : Array.isArray(given) ? given.length : 1
}

/** Follows what costs most down to where it comes together, and no deeper: there the question is to be made smaller. */
function dearestOf(whole: Part): Cost['dearest'] {
  const path: string[] = []
  let [part, times, cost] = [whole, 1, whole.cost]
  while (part.dearest !== undefined && part.dearest.cost * times * 2 > whole.cost) {
    cost = part.dearest.cost * times
    path.push(part.dearest.name)
    times *= part.dearest.times
    part = part.dearest.of
  }
  return path.length === 0 ? undefined : { path, cost }
}

/** Refuses what costs too much. */
export function tooCostly({ total, dearest }: Cost, limit: number): GraphQLError {
  const number = (it: number) => it.toLocaleString('en')
  const where = dearest && `${number(dearest.cost)} of it is \`${dearest.path.join('.')}\`: `
  return new GraphQLError(
    `This would cost ${number(total)}, and the limit is ${number(limit)}. ${where ?? ''}ask for fewer entries (\`first\`), leave out lists within lists, or ask in several operations.`,
    { extensions: { code: 'TOO_COSTLY', cost: total, limit, ...(dearest && { path: dearest.path.join('.') }) } },
  )
}
