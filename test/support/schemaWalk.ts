import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

/** How many fields a server takes at once. */
const MOST_FIELDS = 1000

/** A query of one root field, as it is written. */
export interface Walked {
  readonly root: string
  readonly query: string
}

export interface WalkOptions {
  /** What to ask root fields with, each a question of its own: `ref: "swap"`. Without any, a field is asked as it is. */
  readonly args: { readonly [root: string]: readonly string[] }
  /** Further arguments of every root field that has them all: a viewpoint. */
  readonly everywhere?: { readonly [argument: string]: string }
}

/**
 * Queries that select every field of the schema that can be reached from its root fields. Every root field is asked for
 * all values of what it gives and of what lies right below; what lies deeper is asked for once, where it is met first.
 * Every object tells its type; where two of one name would clash, they have aliases, `Type_field`.
 * @throws Error for a root field that must be asked with something, and the options do not say with what
 */
export function walk(schema: GraphQLSchema, { args, everywhere = {} }: WalkOptions): Walked[] {
  const walker = new Walker(schema)
  // What gives much of everything first: what lies deep is then looked at where there is some of it.
  const fields = schema.getQueryType()?.getFields() ?? {}
  const roots = [...new Set([fields.developments, ...Object.values(fields)])].filter((field) => field !== undefined)
  return roots.flatMap((field) => {
    const has = (name: string) => field.args.some((argument) => argument.name === name)
    const unsaid = field.args.filter(isRequiredArgument)
    if (unsaid.length > 0 && args[field.name] === undefined)
      throw new Error(
        `Query.${field.name} is to be asked with ${unsaid.map(({ name }) => name).join(', ')}: say with what`,
      )
    const fixed = [
      ...(has('first') ? ['first: 100'] : []),
      ...(Object.keys(everywhere).every(has)
        ? Object.entries(everywhere).map(([name, value]) => `${name}: ${value}`)
        : []),
    ]
    return (args[field.name] ?? ['']).flatMap((some) => {
      const given = [some, ...fixed].filter(Boolean).join(', ')
      const selection = walker.ofField('Query', field, 0)
      const query = `{ __typename ${field.name}${given && `(${given})`}${selection} }`
      return bearable(query).map((one) => ({ root: field.name, query: one }))
    })
  })
}

/** A query or, where it has more fields than servers take, several that ask for it together, each for a part. */
function bearable(query: string): string[] {
  const document = parse(query)
  let fields = 0
  let fork: SelectionSetNode | undefined
  visit(document, {
    Field: () => void fields++,
    SelectionSet(set) {
      if (set.selections.filter(isBranch).length > 1) fork ??= set
    },
  })
  if (fields <= MOST_FIELDS || fork === undefined) return [query]
  const leaves = fork.selections.filter((one) => !isBranch(one))
  return fork.selections.filter(isBranch).flatMap((branch) => {
    const SelectionSet = (set: SelectionSetNode) =>
      set === fork ? { ...set, selections: [...leaves, branch] } : undefined
    return bearable(print(visit(document, { SelectionSet })))
  })
}

function isBranch(selection: SelectionNode): boolean {
  return 'selectionSet' in selection && selection.selectionSet !== undefined
}

/** Every field of the object types that can be reached from the root fields, as `Type.field`. */
export function reachable(schema: GraphQLSchema): string[] {
  const seen = new Set<GraphQLObjectType>()
  const found: string[] = []
  const visit = (type: GraphQLObjectType) => {
    if (seen.has(type)) return
    seen.add(type)
    for (const field of Object.values(type.getFields())) {
      found.push(`${type.name}.${field.name}`)
      for (const next of objectsOf(schema, field)) visit(next)
    }
  }
  visit(schema.getQueryType() as GraphQLObjectType)
  return found
}

/** Adds the fields that answers to a walk's queries have looked at: of objects that are there. */
export function addLookedAt(answer: unknown, into: Set<string>): void {
  if (Array.isArray(answer)) for (const entry of answer) addLookedAt(entry, into)
  if (typeof answer !== 'object' || answer === null || !('__typename' in answer)) return
  const { __typename: type, ...fields } = answer as { __typename: string }
  for (const [name, value] of Object.entries(fields)) {
    into.add(`${type}.${name.replace(`${type}_`, '')}`)
    addLookedAt(value, into)
  }
}

function objectsOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type)
  const fieldCount = (one: GraphQLObjectType) => Object.keys(one.getFields()).length
  // The one with the most to tell first: what lies deeper is looked into there.
  if (isAbstractType(type)) return [...schema.getPossibleTypes(type)].sort((a, b) => fieldCount(b) - fieldCount(a))
  return isObjectType(type) ? [type] : []
}

/** The wrapping of a list: it lies no level deeper. */
const wraps = ({ name }: GraphQLObjectType) => /(Connection|Edge)$/.test(name)

/** As deep as a field is looked into that was met before nowhere. */
const DEEPEST = 3

class Walker {
  readonly #schema: GraphQLSchema
  readonly #expanded = new Set<string>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  /** The selection of what a field gives, with a blank before it; empty for a value. */
  ofField(owner: string, field: GraphQLField<unknown, unknown>, level: number): string {
    const types = objectsOf(this.#schema, field)
    if (types.length === 0) return ''
    this.#expanded.add(`${owner}.${field.name}`)
    const clashes = clashing(types)
    const parts = types.map((type) => `... on ${type.name} { __typename ${this.#ofType(type, level, clashes)} }`)
    return ` { ${parts.join(' ')} }`
  }

  #ofType(type: GraphQLObjectType, level: number, clashes: ReadonlySet<string>): string {
    const fields = Object.values(type.getFields())
    const values = fields.filter((field) => isLeafType(getNamedType(field.type)))
    const objects = fields.filter((field) => !values.includes(field) && this.#goesInto(type, field, level))
    const below = wraps(type) ? level : level + 1
    return [...values, ...objects]
      .map((field) => {
        const alias = clashes.has(field.name) ? `${type.name}_${field.name}: ` : ''
        return `${alias}${field.name}${this.ofField(type.name, field, below)}`
      })
      .join(' ')
  }

  #goesInto(type: GraphQLObjectType, { name }: GraphQLField<unknown, unknown>, level: number): boolean {
    const isNew = !this.#expanded.has(`${type.name}.${name}`)
    if (wraps(type)) return name === 'edges' || name === 'node' || isNew
    return level === 0 || (isNew && level <= DEEPEST)
  }
}

/** Names that stand for different things in the types. */
function clashing(types: readonly GraphQLObjectType[]): Set<string> {
  const meant = new Map<string, string>()
  const clashes = new Set<string>()
  for (const { name, type } of types.flatMap((one) => Object.values(one.getFields()))) {
    if ((meant.get(name) ?? String(type)) !== String(type)) clashes.add(name)
    meant.set(name, String(type))
  }
  return clashes
}
